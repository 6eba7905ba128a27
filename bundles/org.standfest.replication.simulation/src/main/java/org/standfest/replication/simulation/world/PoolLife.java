package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One life of a pool. */
final class PoolLife {

    /** After so many attempts everybody was told of what was lost. */
    private static final int MOST_TOLD = 3;

    private final RandomGenerator random;
    private final SimClock clock;
    private final SimDisk disk;
    private final Journal journal;
    private final Faults faults;
    private final NativeForm natives;
    private final PoolHouse house;
    private final List<SystemModel> systems = new ArrayList<>();
    private final Exports exports;
    private final PoolSessions sessions;
    private final PoolCare care;
    private List<SystemModel> groupInDoubt = List.of();
    private boolean tight;
    private boolean calm;

    PoolLife(
            RandomGenerator random,
            SimClock clock,
            SimDisk disk,
            Sabotage sabotage,
            Journal journal,
            Faults faults) {
        this.random = random;
        this.clock = clock;
        this.disk = disk;
        this.journal = journal;
        this.faults = faults;
        this.natives = new NativeForm(disk);
        this.house = new PoolHouse(disk, clock, random, sabotage, journal, faults);
        this.exports = new Exports(disk, natives);
        this.sessions = new PoolSessions(this, random, clock, journal, natives);
        this.care = new PoolCare(this, sessions, random, clock, journal);
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            systems.add(new SystemModel("s" + i, random));
        }
    }

    int committed() {
        return sessions.committed();
    }

    void run(int steps) {
        house.open();
        for (int i = 0; i < steps; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(100_000)));
            SystemModel system = systems.get(random.nextInt(systems.size()));
            try {
                house.life().forgetFailure();
                act(system);
            } catch (ProcessEnd end) {
                restart();
            }
            Broken.unless(disk.violations().isEmpty(), "touched: " + disk.violations());
        }
        finish();
    }

    /** In the end, without further faults, everything has to work. */
    private void finish() {
        house.life().liveOn();
        disk.loseNoMore();
        roomy();
        house.life().forgetFailure();
        if (shaky()) {
            reopen();
            systems.forEach(this::hearOfLosses);
            calm = true;
        }
        for (SystemModel system : systems) {
            journal.say("end of " + system.id);
            add(system);
            system.check(house.pool(), natives);
            List.copyOf(system.holds).forEach(holder -> hold(system, holder, false));
            sessions.last(system);
            verify(system);
            exportAll(system);
        }
        house.pool().close();
    }

    /** What is told of losses is told to the next attempts; then everything has to work again. */
    private void hearOfLosses(SystemModel system) {
        for (int i = 0; i < MOST_TOLD; i++) {
            List.copyOf(system.holds).forEach(holder -> hold(system, holder, false));
            sessions.complete(system).ifPresent(_ -> sessions.commit(system));
        }
    }

    private void restart() {
        boolean power = faults.random().nextBoolean();
        house.fall(power);
        sessions.each(Sending::broke);
        sessions.each(Sending::killed);
        if (power) {
            sessions.each(Sending::forgetProgress);
        }
        open();
    }

    private void open() {
        int before = house.powerFailures();
        house.open();
        if (house.powerFailures() > before) {
            sessions.each(Sending::forgetProgress);
        }
        if (!house.pool().damaged().isEmpty() && (tight || shaky())) {
            // a decided commit that the disk has no room for, or was told of a loss: it has to go
            // on with room, and when it wrote everything again
            roomy();
            house.pool().close();
            house.open();
        }
        check();
    }

    private void check() {
        Broken.unless(
                house.pool().damaged().isEmpty(), "damaged without rot: " + house.pool().damaged());
        List<SystemModel> group = groupInDoubt;
        groupInDoubt = List.of();
        List<Optional<SystemModel.Point>> doubts =
                group.stream().map(system -> system.commitInDoubt).toList();
        systems.forEach(this::checkOne);
        long arrived =
                IntStream.range(0, group.size())
                        .filter(i -> group.get(i).points.containsValue(doubts.get(i).orElseThrow()))
                        .count();
        Broken.unless(
                arrived == 0 || arrived == group.size(),
                "of a group of " + group.size() + " only " + arrived + " arrived");
    }

    private void checkOne(SystemModel system) {
        Set<Long> before = new TreeSet<>(system.points.keySet());
        system.check(house.pool(), natives);
        before.removeAll(system.points.keySet());
        care.removed(system, before);
    }

    ImagePool pool() {
        return house.pool();
    }

    /** From now on these have a point together or not. */
    void groupInDoubt(List<SystemModel> group) {
        groupInDoubt = List.copyOf(group);
    }

    /** They have. */
    void groupOver(List<SystemModel> group) {
        groupInDoubt = List.of();
        group.forEach(sessions::arrived);
        check();
    }

    void reopenWithRoom() {
        roomy();
        reopen();
    }

    private void act(SystemModel system) {
        switch (random.nextInt(32)) {
            case 0, 1 -> arm();
            case 2 -> fillDisk();
            case 3 -> roomy();
            case 4 -> {
                journal.say("hold or release");
                hold(system, "h" + random.nextInt(2), random.nextInt(3) == 0);
            }
            case 5 -> raiseEpoch(system);
            case 6, 7 -> keepLast(system);
            case 8 -> verify(system);
            case 9 -> export(system);
            case 10 -> reopen();
            case 11 -> sessions.end(system);
            case 12 -> {
                if (faults.next("the clock jumps")) {
                    clock.jump(Duration.ofHours(faults.random().nextInt(-2000, 2000)));
                }
            }
            case 13, 14, 15 -> care.act(system);
            case 16 -> care.group(systems);
            default -> sessions.go(system);
        }
    }

    private void arm() {
        int within = 1 + random.nextInt(random.nextBoolean() ? 20 : 200);
        if (random.nextInt(3) > 0) {
            if (faults.next("the process dies within " + within + " changes")) {
                house.life().endSoon(faults.random(), within);
            }
        } else if (random.nextInt(3) == 0) {
            if (faults.next("a page of the next " + within + " writes is lost in silence")) {
                disk.loseSoon(faults.random(), within);
            }
        } else if (faults.next("one of the next " + within + " changes fails")) {
            house.life().failSoon(faults.random(), within);
        }
    }

    private void fillDisk() {
        if (faults.next("the disk gets full")) {
            disk.capacity(disk.usedBytes() + faults.random().nextInt(300_000));
            tight = true;
        }
    }

    private void roomy() {
        sessions.each(Sending::killed);
        disk.capacity(Long.MAX_VALUE);
        tight = false;
    }

    /** Whether a refusal or failure has a cause that the world knows. */
    private boolean excused() {
        return house.life().failed() || tight || shaky();
    }

    /** Whether a page was lost of which somebody may still be told, whatever he does. */
    boolean shaky() {
        return !calm && disk.losses() > 0;
    }

    /** Whether what a session holds back at its end may not have been written. */
    boolean mayHaveLost() {
        return tight || shaky() || house.life().everFailed();
    }

    <T> boolean done(Outcome<T> outcome, String what) {
        if (outcome.isDone()) {
            return true;
        }
        String problem =
                outcome.problem().map(why -> why.code() + " " + why.arguments()).orElse("");
        journal.say(what + ": " + problem);
        if (!excused()) {
            throw new Broken(what + " was not done: " + problem + cause(outcome));
        }
        return false;
    }

    private static String cause(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(_, Throwable cause) ? " by " + cause : "";
    }

    void add(SystemModel system) {
        if (!system.known) {
            system.perhapsKnown = true;
            system.known = done(house.pool().addSystem(system.id, "Server"), "adding a system");
        }
    }

    /** After a failure the pool says what became of it, at the latest when it can write again. */
    void settle(SystemModel system) {
        roomy();
        if (house.pool().points(system.id).isDone()) {
            system.check(house.pool(), natives);
        } else {
            reopen();
        }
    }

    private void hold(SystemModel system, String holder, boolean hold) {
        if (system.newest().isEmpty()) {
            return;
        }
        system.holdsInDoubt.add(holder);
        boolean done =
                hold
                        ? done(house.pool().hold(system.id, holder, "because"), "holding")
                        : done(house.pool().release(system.id, holder), "releasing");
        if (done && hold) {
            system.holds.add(holder);
        } else if (done) {
            system.holds.remove(holder);
        }
        if (done) {
            system.holdsInDoubt.clear();
        }
    }

    private void raiseEpoch(SystemModel system) {
        if (system.known && random.nextInt(3) == 0) {
            journal.say("raise epoch " + system.id);
            sessions.end(system);
            sessions.forget(system);
            system.epochInDoubt = true;
            Outcome<Long> raised = house.pool().raiseEpoch(system.id);
            if (done(raised, "raising the epoch")) {
                system.epochInDoubt = false;
                Broken.unless(raised.orThrow() > system.epoch, "an epoch that does not rise");
                system.epoch = raised.orThrow();
            } else {
                settle(system);
            }
        }
    }

    private void keepLast(SystemModel system) {
        if (!system.known) {
            return;
        }
        int count = 1 + random.nextInt(3);
        journal.say("keep " + count + " of " + system.id);
        system.removalInDoubt.addAll(system.points.headMap(limit(system, count)).keySet());
        if (done(house.pool().keepLast(system.id, count), "removing points")) {
            // some stay, because something protects them
            checkOne(system);
        } else {
            // which of them went is known after the next opening
            reopenWithRoom();
        }
    }

    private static Long limit(SystemModel system, int count) {
        List<Long> numbers = system.points.keySet().stream().toList();
        return numbers.size() <= count ? 0L : numbers.get(numbers.size() - count);
    }

    void settleQuietly(SystemModel system) {
        if (!tight && !shaky() && !house.life().failed()) {
            checkOne(system);
        }
    }

    private void verify(SystemModel system) {
        if (system.known && system.newest().isPresent()) {
            journal.say("verify " + system.id);
            Outcome<VerifyReport> report = house.pool().verify(system.id, Progress.NONE);
            if (done(report, "verifying")) {
                Broken.unless(report.orThrow().intact(), "verification finds " + report.orThrow());
            }
        }
    }

    private void export(SystemModel system) {
        List<SystemModel.Point> points = List.copyOf(system.points.values());
        if (!points.isEmpty()) {
            export(system, points.get(random.nextInt(points.size())));
        }
    }

    private void exportAll(SystemModel system) {
        List.copyOf(system.points.values()).forEach(point -> export(system, point));
    }

    private void export(SystemModel system, SystemModel.Point point) {
        journal.say("export " + system.id + ' ' + point.number());
        done(
                exports.restore(house.pool(), system.id, point.number(), point.state()),
                "exporting point " + point.number());
    }

    private void reopen() {
        journal.say("close and open");
        ImagePool before = house.pool();
        before.close();
        sessions.each(Sending::broke);
        if (house.life().everFailed()) {
            sessions.each(Sending::killed);
        }
        open();
    }
}
