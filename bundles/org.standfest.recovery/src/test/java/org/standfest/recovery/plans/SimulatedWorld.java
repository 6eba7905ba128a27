package org.standfest.recovery.plans;

import org.standfest.management.StepState;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Chronicle;
import org.standfest.recovery.Course;
import org.standfest.recovery.CourseStore;
import org.standfest.recovery.Operation;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Everything outside the engine, in memory and deterministic: pool, machines, new machine, files.
 * Each act is a tick; at a chosen tick the process dies before or after the act, or the act fails.
 * Whatever survives a process (all but the engine) survives here.
 */
final class SimulatedWorld
        implements Images, EmergencyMachines, ServiceTest, HomeMachine, CourseStore, InstantSource {

    /** What happens at the chosen tick. */
    enum Trouble {
        NONE,
        DIE_BEFORE,
        DIE_AFTER,
        FAIL,
        FAIL_FROM_THEN_ON,
        /** The act fails, and so do the first two attempts to take something back. */
        UNDO_FAILS_TWICE,
        /** The act fails, and from then on nothing can be taken back. */
        UNDO_FAILS,
        DISK_FULL,
        /** Three acts that go over the line find it cut. */
        LINE_CUT
    }

    static final String SYSTEM = "ledger";

    final Map<String, Course> files = new HashMap<>();
    final List<String> journal = new ArrayList<>();
    final Set<String> holds = new HashSet<>();
    final Set<String> overlays = new HashSet<>();
    final Set<String> adapted = new HashSet<>();
    final Set<String> running = new HashSet<>();
    final Set<String> isolated = new HashSet<>();
    final Set<String> ended = new HashSet<>();
    final Set<Integer> emergencyData = new HashSet<>();
    final Set<Integer> homeCopy = new HashSet<>();
    Set<Integer> homeData = new HashSet<>();
    final Set<Integer> primaryData = new HashSet<>();
    final Set<Integer> poolData = new HashSet<>();
    boolean adapts = true;
    boolean homeRunning;
    boolean primaryAlive;
    boolean homeServes = true;
    boolean emergencyServes = true;
    boolean isolatedServes = true;
    boolean finalFails;
    boolean asked;
    long epoch = 1;
    int starts;
    int writes;
    IntConsumer onSleep = _ -> {};
    private int sleeps;
    private int operations;
    long now = Instant.parse("2026-11-22T03:00:00Z").toEpochMilli();

    private int tick;
    private int chosen = -1;
    private int fullFor;
    private int cutFor;
    private int undosToFail;
    private boolean cut;
    private String hitStep = "";
    private Trouble trouble = Trouble.NONE;

    void at(int tickNumber, Trouble what) {
        tick = 0;
        chosen = tickNumber;
        trouble = what;
        fullFor = 3;
        cutFor = 3;
        undosToFail = what == Trouble.UNDO_FAILS_TWICE ? 2 : Integer.MAX_VALUE;
        hitStep = "";
    }

    /** The step at work when the trouble came; empty if it did not come. */
    String hitStep() {
        return hitStep;
    }

    private void hit() {
        Optional<Operation> operation =
                Optional.ofNullable(files.get(SYSTEM)).flatMap(Course::operation);
        hitStep =
                operation
                        .flatMap(
                                some ->
                                        some.steps().stream()
                                                .filter(one -> one.state() == StepState.RUNNING)
                                                .findFirst())
                        .map(Operation.StepEntry::id)
                        .orElse("(between)");
    }

    private boolean backwards() {
        return Optional.ofNullable(files.get(SYSTEM))
                .flatMap(Course::operation)
                .filter(Operation::backwards)
                .isPresent();
    }

    /** An act of somebody else, behind a line. */
    Outcome<Void> overLine(Runnable effect) {
        if (trouble == Trouble.LINE_CUT && tick + 1 >= chosen && cutFor > 0) {
            tick++;
            cutFor--;
            cut = true;
            if (hitStep.isEmpty()) {
                hit();
            }
            return Outcome.failed(broken());
        }
        return act(effect);
    }

    private boolean fails(boolean hit) {
        boolean undo = backwards() && tick > chosen && undosToFail > 0;
        return switch (trouble) {
            case FAIL -> hit;
            case FAIL_FROM_THEN_ON -> tick >= chosen;
            case UNDO_FAILS_TWICE, UNDO_FAILS -> {
                if (undo) {
                    undosToFail--;
                }
                yield hit || undo;
            }
            case NONE, DIE_BEFORE, DIE_AFTER, DISK_FULL, LINE_CUT -> false;
        };
    }

    String newId() {
        return "operation-" + ++operations;
    }

    void calm() {
        trouble = Trouble.NONE;
    }

    boolean reached() {
        return tick >= chosen;
    }

    /** Whether an act really found the line cut. */
    boolean wasCut() {
        return cut;
    }

    private Outcome<Void> act(Runnable effect) {
        tick++;
        boolean hit = tick == chosen;
        if (hit) {
            hit();
        }
        if (hit && trouble == Trouble.DIE_BEFORE) {
            throw new ProcessDeath();
        }
        if (fails(hit)) {
            return Outcome.failed(broken());
        }
        effect.run();
        check();
        if (hit && trouble == Trouble.DIE_AFTER) {
            throw new ProcessDeath();
        }
        return Outcome.done();
    }

    static Explanation broken() {
        return Explanation.rendered("simulated.broken", "It broke.", "It does that.", "Again.");
    }

    /** What must hold at every instant. */
    private void check() {
        int alive = running.size() + (homeRunning ? 1 : 0) + (primaryAlive ? 1 : 0);
        if (alive > 1) {
            throw new AssertionError("two copies alive: " + running + " home " + homeRunning);
        }
        if (!running.isEmpty() && !holds.containsAll(running)) {
            throw new AssertionError("a machine runs over a point that is not held");
        }
    }

    /** Users write wherever the service is. */
    void users() {
        if (!running.isEmpty()) {
            emergencyData.add(++writes);
        } else if (homeRunning) {
            homeData.add(++writes);
        } else if (primaryAlive) {
            primaryData.add(++writes);
        }
    }

    List<Verdict> witnesses(String systemId) {
        asked = true;
        Verdict.Answer answer =
                primaryAlive || homeRunning || !running.isEmpty()
                        ? Verdict.Answer.POSITIVE
                        : Verdict.Answer.NEGATIVE;
        return List.of(verdict("tcp", answer), verdict("agent", answer));
    }

    static Verdict verdict(String probe, Verdict.Answer answer) {
        return new Verdict(probe, SYSTEM, answer, broken(), Duration.ofMillis(3));
    }

    @Override
    public Outcome<Newest> newest(String systemId) {
        return Outcome.done(new Newest("point-7", Instant.parse("2026-11-22T02:55:00Z")));
    }

    @Override
    public Outcome<Void> hold(String systemId, String holder, String reason) {
        return act(() -> holds.add(holder));
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return act(() -> holds.remove(holder));
    }

    @Override
    public Outcome<Long> epoch(String systemId) {
        return Outcome.done(epoch);
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        return act(() -> epoch++).map(_ -> epoch);
    }

    @Override
    public Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware) {
        return act(
                () -> {
                    if (running.contains(machine)) {
                        throw new AssertionError("overlay of a running machine replaced");
                    }
                    overlays.add(machine);
                    adapted.remove(machine);
                });
    }

    @Override
    public boolean adapts(String systemId) {
        return adapts;
    }

    @Override
    public Outcome<List<String>> adapt(String systemId, String machine, BooleanSupplier cancelled) {
        return act(() -> {
                    if (!overlays.contains(machine) || running.contains(machine)) {
                        throw new AssertionError("adapted what nobody has prepared");
                    }
                    adapted.add(machine);
                })
                .map(_ -> List.of("changed the drivers"));
    }

    @Override
    public Outcome<Void> start(String systemId, String machine) {
        if (running.contains(machine)) {
            return Outcome.done();
        }
        return act(
                () -> {
                    if (!asked) {
                        throw new AssertionError("started without asking whether it is gone");
                    }
                    if (!overlays.contains(machine)) {
                        throw new AssertionError("started without overlay");
                    }
                    if (adapts && !adapted.contains(machine)) {
                        throw new AssertionError("started without being adapted");
                    }
                    running.add(machine);
                    emergencyData.addAll(poolData);
                    starts++;
                });
    }

    @Override
    public Outcome<Integer> startIsolated(String systemId, String machine) {
        return act(() -> {
                    ended.remove(machine);
                    isolated.add(machine);
                })
                .map(_ -> 12_345);
    }

    @Override
    public boolean running(String systemId, String machine) {
        return running.contains(machine) || isolated.contains(machine);
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String machine) {
        return act(() -> running.remove(machine));
    }

    @Override
    public Outcome<Void> end(String systemId, String machine) {
        return act(
                () -> {
                    running.remove(machine);
                    isolated.remove(machine);
                    ended.add(machine);
                });
    }

    @Override
    public Outcome<Void> discard(String systemId, String machine) {
        return act(() -> overlays.remove(machine));
    }

    @Override
    public String lastWords(String systemId, String machine) {
        return "panic";
    }

    @Override
    public Optional<Verdict> test(String systemId, Place place) {
        users();
        boolean serves =
                switch (place) {
                    case HOME -> primaryAlive || homeRunning && homeServes;
                    case EMERGENCY -> !running.isEmpty() && emergencyServes;
                };
        return Optional.of(
                verdict("http", serves ? Verdict.Answer.POSITIVE : Verdict.Answer.NEGATIVE));
    }

    @Override
    public Optional<Verdict> testIsolated(String systemId, int hostPort) {
        return Optional.of(
                verdict(
                        "http",
                        isolatedServes ? Verdict.Answer.POSITIVE : Verdict.Answer.NEGATIVE));
    }

    @Override
    public Duration limit(String systemId) {
        return Duration.ofSeconds(2);
    }

    @Override
    public Outcome<Void> ready(String systemId, String agentId) {
        return overLine(() -> {});
    }

    @Override
    public Outcome<Void> copyBulk(
            String systemId,
            String agentId,
            String returnId,
            String target,
            Map<String, String> options,
            Watch watch) {
        return overLine(() -> homeCopy.addAll(emergencyData))
                .map(
                        none -> {
                            users();
                            return none;
                        });
    }

    @Override
    public Outcome<Void> copyFinal(String systemId, String agentId, String returnId, Watch watch) {
        if (finalFails) {
            return Outcome.failed(broken());
        }
        return overLine(
                () -> {
                    if (!running.isEmpty()) {
                        throw new AssertionError("final increment of a running machine");
                    }
                    homeCopy.addAll(emergencyData);
                });
    }

    @Override
    public Outcome<Void> start(String systemId, String agentId, String returnId) {
        return overLine(
                () -> {
                    if (!homeRunning) {
                        homeData = new HashSet<>(homeCopy);
                        starts++;
                    }
                    homeRunning = true;
                });
    }

    @Override
    public Outcome<Void> undo(String systemId, String agentId, String returnId, boolean discard) {
        return overLine(
                () -> {
                    homeRunning = false;
                    if (discard) {
                        homeCopy.clear();
                    }
                });
    }

    @Override
    public Outcome<Void> replicate(
            String systemId, String agentId, long epochOfAgent, Watch watch) {
        return overLine(
                () -> {
                    if (!holds.isEmpty()) {
                        throw new AssertionError("replicated over a held point");
                    }
                });
    }

    @Override
    public List<String> systems() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Outcome<Optional<Course>> load(String systemId) {
        return Outcome.done(Optional.ofNullable(files.get(systemId)));
    }

    @Override
    public void save(Course course) throws IOException {
        disk(() -> files.put(course.systemId(), course));
    }

    Chronicle chronicle() {
        return (who, systemId, what, details) -> disk(() -> journal.add(what + details));
    }

    private void disk(Supplier<Object> effect) throws IOException {
        tick++;
        if (tick == chosen) {
            hit();
        }
        if (trouble == Trouble.DISK_FULL && tick >= chosen && fullFor > 0) {
            fullFor--;
            throw new IOException("no space left on device");
        }
        if (tick == chosen && trouble == Trouble.DIE_BEFORE) {
            throw new ProcessDeath();
        }
        effect.get();
        if (tick == chosen && trouble == Trouble.DIE_AFTER) {
            throw new ProcessDeath();
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now++);
    }

    void sleep(Duration time) {
        now += time.toMillis();
        users();
        onSleep.accept(++sleeps);
    }
}
