package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Chronicle;
import org.standfest.recovery.Facts;
import org.standfest.recovery.FileCourseStore;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Told;
import org.standfest.recovery.journal.Journal;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A world of which every fact is a file, with the real course store and the real journal, so that
 * it outlives a process that is really killed. Acts are counted; at a chosen one the process halts.
 */
final class FolderWorld implements Images, EmergencyMachines, ServiceTest, Witnesses {

    static final String SYSTEM = "ledger";

    private final Path folder;
    private final int deadly;
    private int acts;

    FolderWorld(Path folder, int deadly) {
        this.folder = folder;
        this.deadly = deadly;
    }

    /** The process that is killed: {@code FOLDER ACT PLAN}, with acts counted from its plan on. */
    public static void main(String[] arguments) {
        PlanKind kind = PlanKind.valueOf(arguments[2]);
        new FolderWorld(Path.of(arguments[0]), -1).prepare(kind);
        FolderWorld world = new FolderWorld(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        world.begin(kind);
    }

    /** Brings the world to where a plan can begin. */
    private void prepare(PlanKind kind) {
        switch (kind) {
            case REHEARSAL -> engine();
            case SWITCH -> put("running-primary", true);
            case ACTIVATION, REACTIVATION, UNDO, RETURN -> {
                Told why = Told.of(Explanation.rendered("x", "a", "b", "c"));
                engine().outage(SYSTEM, "watch", why, Optional.empty()).orThrow();
                if (kind != PlanKind.ACTIVATION) {
                    begin(PlanKind.ACTIVATION);
                }
                if (kind == PlanKind.REACTIVATION) {
                    put("running-op-1", false);
                    engine().happened(
                                    SYSTEM,
                                    "watch",
                                    new RecoveryEvent.EmergencyTrouble(Optional.of(why)))
                            .orThrow();
                }
            }
        }
    }

    private void begin(PlanKind kind) {
        Map<String, String> facts = new HashMap<>();
        facts.put(Facts.AGENT, "agent");
        switch (kind) {
            case ACTIVATION, SWITCH, REHEARSAL -> {
                // the machine is named after the operation
            }
            case REACTIVATION, UNDO, RETURN -> facts.put(Facts.MACHINE, "op-1");
        }
        engine().begin(SYSTEM, kind, "anna", facts, List.of()).orThrow();
    }

    Journal journal() {
        return Journal.open(folder.resolve("journal.jsonl"), InstantSource.system()).orThrow();
    }

    RecoveryEngine engine() {
        Journal journal = journal();
        Chronicle counted =
                (who, systemId, what, details) -> {
                    journal.append(who, systemId, what, details);
                    act();
                };
        RecoveryEngine engine =
                new RecoveryEngine(
                        new FileCourseStore(folder.resolve("systems")),
                        counted,
                        new StandbyPlans(
                                this,
                                this,
                                new GoneRule(2),
                                this,
                                this,
                                new FolderHome(this),
                                new FolderPrimary(this),
                                _ -> {},
                                List::of),
                        InstantSource.system(),
                        Runnable::run,
                        _ -> {},
                        this::newId);
        engine.open().orThrow();
        engine.meet(SYSTEM).orThrow();
        return engine;
    }

    private void act() {
        acts++;
        if (acts == deadly) {
            Runtime.getRuntime().halt(137);
        }
    }

    /** Facts of a kind, by their names. */
    List<String> facts(String kind) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(kind + "-"))
                    .sorted()
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** How often a machine was started. */
    int starts() {
        try {
            Path file = folder.resolve("starts");
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private String newId() {
        int number = 1 + facts("named-op").size();
        put("named-op-" + number, true);
        return "op-" + number;
    }

    Outcome<Void> put(String name, boolean there) {
        act();
        try {
            if (there) {
                Files.writeString(folder.resolve(name), "");
            } else {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        act();
        return Outcome.done();
    }

    @Override
    public List<Verdict> ask(String systemId) {
        act();
        return List.of(
                verdict("tcp", Verdict.Answer.NEGATIVE), verdict("agent", Verdict.Answer.NEGATIVE));
    }

    private static Verdict verdict(String probe, Verdict.Answer answer) {
        return new Verdict(probe, SYSTEM, answer, SimulatedWorld.broken(), Duration.ofMillis(1));
    }

    @Override
    public Outcome<Newest> newest(String systemId) {
        return Outcome.done(new Newest("p-1", Instant.EPOCH));
    }

    @Override
    public Outcome<Void> hold(String systemId, String holder, String reason) {
        return put("hold-" + holder, true);
    }

    @Override
    public Outcome<Void> release(String systemId, String holder) {
        return put("hold-" + holder, false);
    }

    @Override
    public Outcome<Long> epoch(String systemId) {
        return Outcome.done(1L + facts("epoch").size());
    }

    @Override
    public Outcome<Long> raiseEpoch(String systemId) {
        long next = 2L + facts("epoch").size();
        return put("epoch-" + next, true).map(_ -> next);
    }

    @Override
    public Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware) {
        return put("overlay-" + machine, true);
    }

    @Override
    public Outcome<Void> start(String systemId, String machine) {
        return startOnce(machine);
    }

    /** Starts whatever it is, unless it runs; every start leaves a line behind. */
    Outcome<Void> startOnce(String machine) {
        if (facts("running").contains("running-" + machine)) {
            return Outcome.done();
        }
        try {
            Files.writeString(
                    folder.resolve("starts"),
                    machine + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            Files.writeString(folder.resolve("running-" + machine), "");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        act();
        return Outcome.done();
    }

    @Override
    public Outcome<Integer> startIsolated(String systemId, String machine) {
        return put("isolated-" + machine, true).map(_ -> 1);
    }

    @Override
    public boolean running(String systemId, String machine) {
        return facts("running").contains("running-" + machine)
                || facts("isolated").contains("isolated-" + machine);
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String machine) {
        return end(systemId, machine);
    }

    @Override
    public Outcome<Void> end(String systemId, String machine) {
        return put("isolated-" + machine, false).then(_ -> put("running-" + machine, false));
    }

    @Override
    public Outcome<Void> discard(String systemId, String machine) {
        return put("overlay-" + machine, false);
    }

    @Override
    public String lastWords(String systemId, String machine) {
        return "";
    }

    @Override
    public Optional<Verdict> test(String systemId, Place place) {
        return Optional.of(
                verdict(
                        "http",
                        facts("running").isEmpty()
                                ? Verdict.Answer.NEGATIVE
                                : Verdict.Answer.POSITIVE));
    }

    @Override
    public Optional<Verdict> testIsolated(String systemId, int hostPort) {
        return Optional.of(verdict("http", Verdict.Answer.POSITIVE));
    }

    @Override
    public Duration limit(String systemId) {
        return Duration.ofSeconds(2);
    }
}
