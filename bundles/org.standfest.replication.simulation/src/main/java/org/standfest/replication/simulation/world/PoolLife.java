package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One life of a pool. */
final class PoolLife {

    private final RandomGenerator random;
    private final SimClock clock;
    private final SimDisk disk;
    private final Journal journal;
    private final Faults faults;
    private final NativeForm natives;
    private final PoolHouse house;
    private final List<SystemModel> systems = new ArrayList<>();
    private final Map<String, Sending> sendings = new TreeMap<>();
    private final PoolCare care;
    private List<SystemModel> groupInDoubt = List.of();
    private boolean tight;
    private int keys;
    private int committed;

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
        this.care = new PoolCare(this, random, clock, journal);
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            systems.add(new SystemModel("s" + i, random));
        }
    }

    int committed() {
        return committed;
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
        roomy();
        house.life().forgetFailure();
        for (SystemModel system : systems) {
            journal.say("end of " + system.id);
            add(system);
            system.check(house.pool(), natives);
            List.copyOf(system.holds).forEach(holder -> hold(system, holder, false));
            Sending last = begin(system, true);
            while (last.isOpen() && !last.isComplete()) {
                done(last.step(), "the last session");
            }
            commit(system);
            Broken.unless(
                    system.newest().orElseThrow().key().equals(last.key), "the last commit failed");
            verify(system);
            exportAll(system);
        }
        house.pool().close();
    }

    private void restart() {
        boolean power = faults.random().nextBoolean();
        house.fall(power);
        sendings.values().forEach(Sending::broke);
        sendings.values().forEach(Sending::killed);
        if (power) {
            sendings.values().forEach(Sending::forgetProgress);
        }
        open();
    }

    private void open() {
        int before = house.powerFailures();
        house.open();
        if (house.powerFailures() > before) {
            sendings.values().forEach(Sending::forgetProgress);
        }
        if (!house.pool().damaged().isEmpty() && tight) {
            // a decided commit that the disk has no room for; with room it has to go on
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
        committed += group.size();
        group.forEach(system -> sendings.remove(system.id));
        check();
    }

    /** A session of which everything is sent; empty when that failed. */
    Optional<Sending> complete(SystemModel system) {
        add(system);
        Sending sending = sendings.get(system.id);
        if (system.known && (sending == null || !sending.isOpen())) {
            sending = begin(system, false);
        }
        while (system.known && sending.isOpen() && !sending.isComplete()) {
            if (!done(sending.step(), "sending")) {
                sending.point().close();
                sending.broke();
            }
        }
        return system.known && sending.isOpen() ? Optional.of(sending) : Optional.empty();
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
            case 11 -> endSession(system);
            case 12 -> {
                if (faults.next("the clock jumps")) {
                    clock.jump(Duration.ofHours(faults.random().nextInt(-2000, 2000)));
                }
            }
            case 13, 14, 15 -> care.act(system);
            case 16 -> care.group(systems);
            default -> session(system);
        }
    }

    private void arm() {
        int within = 1 + random.nextInt(random.nextBoolean() ? 20 : 200);
        if (random.nextInt(3) > 0) {
            if (faults.next("the process dies within " + within + " changes")) {
                house.life().endSoon(faults.random(), within);
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
        sendings.values().forEach(Sending::killed);
        disk.capacity(Long.MAX_VALUE);
        tight = false;
    }

    /** Whether a refusal or failure has a cause that the world knows. */
    private boolean excused() {
        return house.life().failed() || tight;
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

    private void add(SystemModel system) {
        if (!system.known) {
            system.perhapsKnown = true;
            system.known = done(house.pool().addSystem(system.id, "Server"), "adding a system");
        }
    }

    private void session(SystemModel system) {
        add(system);
        if (!system.known) {
            return;
        }
        Sending sending = sendings.get(system.id);
        if (sending == null || !sending.isOpen()) {
            sending = begin(system, false);
        }
        for (int i = random.nextInt(12); i > 0 && sending.isOpen() && !sending.isComplete(); i--) {
            if (!done(sending.step(), "sending")) {
                // as the receiver does: the session is over, the next one goes on
                sending.killed();
                sending.point().close();
                sending.broke();
                return;
            }
        }
        if (sending.isOpen() && sending.isComplete() && random.nextInt(3) > 0) {
            commit(system);
        }
    }

    private Sending begin(SystemModel system, boolean anew) {
        Sending sending = sendings.get(system.id);
        boolean again = sending != null && !anew && random.nextInt(3) > 0 && !arrived(system);
        if (sending != null && sending.isOpen()) {
            sending.point().close();
        }
        if (sending != null && (tight || house.life().everFailed())) {
            // what a session holds back at its end may not have been written
            sending.killed();
        }
        if (!again) {
            system.source = system.source.changed(random);
            sending = new Sending(system.id, "k" + ++keys, system.source, random);
            sendings.put(system.id, sending);
        }
        journal.say("begin " + system.id + ' ' + sending.key);
        if (done(sending.begin(house.pool(), system.epoch, clock.instant()), "beginning")
                && again) {
            sending.checkProgressKept();
        }
        return sending;
    }

    /**
     * Whether what an agent is sending is a recovery point already, and only the answer was lost.
     */
    private boolean arrived(SystemModel system) {
        Sending sending = sendings.get(system.id);
        return system.newest().map(SystemModel.Point::key).equals(Optional.of(sending.key));
    }

    private void commit(SystemModel system) {
        Sending sending = sendings.get(system.id);
        journal.say("commit " + system.id + ' ' + sending.key);
        SystemModel.Point point =
                new SystemModel.Point(system.nextNumber(), sending.key, sending.state);
        system.commitInDoubt = Optional.of(point);
        Outcome<RecoveryPoint> outcome =
                sending.point().commit(sending.state.roots(), Progress.NONE);
        if (outcome.isDone()) {
            system.commitInDoubt = Optional.empty();
            system.points.put(point.number(), point);
            committed++;
            sendings.remove(system.id);
            system.check(house.pool(), natives);
            return;
        }
        String code = outcome.problem().orElseThrow().code();
        boolean held = code.equals("pool.held") && system.isPerhapsHeld();
        if (!held) {
            done(outcome, "committing");
            sending.point().close();
            sendings.remove(system.id);
            settle(system);
        } else {
            system.commitInDoubt = Optional.empty();
        }
    }

    /** After a failure the pool says what became of it, at the latest when it can write again. */
    private void settle(SystemModel system) {
        roomy();
        if (house.pool().points(system.id).isDone()) {
            system.check(house.pool(), natives);
        } else {
            reopen();
        }
    }

    void endSession(SystemModel system) {
        Sending sending = sendings.get(system.id);
        if (sending != null && sending.isOpen()) {
            journal.say("end of session " + system.id);
            if (random.nextInt(3) == 0) {
                sending.forgetProgress();
                sending.point().discard();
                sendings.remove(system.id);
            } else {
                sending.point().close();
                sending.broke();
            }
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
            endSession(system);
            sendings.remove(system.id);
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
        if (!tight && !house.life().failed()) {
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
        Path target = PoolWorld.EXPORTS.resolve(system.id);
        try {
            new SimFiles(disk, Hand.FREE).deleteTree(target);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (done(
                house.pool().export(system.id, point.number(), target, Progress.NONE),
                "exporting point " + point.number())) {
            SystemModel.compare(
                    point.state(),
                    natives,
                    volume ->
                            target.resolve(
                                    point.state().disks().containsKey(volume)
                                            ? volume + ".img"
                                            : volume));
        }
    }

    private void reopen() {
        journal.say("close and open");
        ImagePool before = house.pool();
        before.close();
        sendings.values().forEach(Sending::broke);
        if (house.life().everFailed()) {
            sendings.values().forEach(Sending::killed);
        }
        open();
    }
}
