package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.RepairReport;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What is done to points after they are there, and to several systems at once. */
final class PoolCare {

    private final PoolLife life;
    private final PoolSessions sessions;
    private final RandomGenerator random;
    private final SimClock clock;
    private final Journal journal;

    /** By system and point: until when (by time that really passed) it cannot be removed. */
    private final Map<String, Long> locks = new HashMap<>();

    private final Set<String> pins = new HashSet<>();
    private int groups;

    PoolCare(
            PoolLife life,
            PoolSessions sessions,
            RandomGenerator random,
            SimClock clock,
            Journal journal) {
        this.life = life;
        this.sessions = sessions;
        this.random = random;
        this.clock = clock;
        this.journal = journal;
    }

    private static String key(SystemModel system, long number) {
        return system.id + ' ' + number;
    }

    /** One act on one system. */
    void act(SystemModel system) {
        List<Long> numbers = List.copyOf(system.points.keySet());
        if (numbers.isEmpty()) {
            return;
        }
        long number = numbers.get(random.nextInt(numbers.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> remove(system, number);
            case 2 -> lock(system, number);
            case 3 -> pin(system, number);
            case 4 -> scrub(system);
            default -> repair(system);
        }
    }

    private ImagePool pool() {
        return life.pool();
    }

    /** Numbers that went although something protected them are a broken promise. */
    void removed(SystemModel system, Set<Long> gone) {
        for (long number : gone) {
            String key = key(system, number);
            Broken.unless(
                    locks.getOrDefault(key, 0L) <= clock.getAsLong(),
                    "a locked point was removed: " + key);
            Broken.unless(!pins.contains(key), "a pinned point was removed: " + key);
        }
    }

    private void remove(SystemModel system, long number) {
        journal.say("remove " + system.id + ' ' + number);
        system.removalInDoubt.add(number);
        Outcome<Long> removed = pool().retention().remove(system.id, number, Progress.NONE);
        if (removed.isDone()) {
            Broken.unless(number != system.points.lastKey(), "the newest point was removed");
            removed(system, Set.of(number));
            system.removalInDoubt.clear();
            system.points.remove(number);
            life.settleQuietly(system);
        } else if (removed.problem().orElseThrow().code().startsWith("pool.point-")) {
            system.removalInDoubt.remove(number);
            life.settleQuietly(system);
        } else {
            life.done(removed, "removing a point");
            life.reopenWithRoom();
        }
    }

    private void lock(SystemModel system, long number) {
        Duration time = Duration.ofSeconds(random.nextInt(600));
        journal.say("lock " + system.id + ' ' + number);
        Outcome<java.time.Instant> locked =
                pool().retention().lock(system.id, number, clock.instant().plus(time));
        if (life.done(locked, "locking")) {
            // what a clock that was set back makes longer is no promise
            locks.merge(key(system, number), clock.getAsLong() + time.toNanos(), Math::max);
        }
    }

    private void pin(SystemModel system, long number) {
        String key = key(system, number);
        if (pins.contains(key)) {
            pins.remove(key);
            life.done(pool().retention().unpin(system.id, number, "p"), "taking a pin away");
        } else if (life.done(pool().retention().pin(system.id, number, "p", "why"), "pinning")) {
            pins.add(key);
        }
    }

    private void scrub(SystemModel system) {
        journal.say("scrub " + system.id);
        Outcome<ScrubReport> report =
                pool().upkeep().scrub(system.id, ScrubPace.UNLIMITED, Progress.NONE);
        if (life.done(report, "scrubbing")) {
            Broken.unless(
                    report.orThrow().findings().isEmpty(), "a scrub finds " + report.orThrow());
        }
    }

    private void repair(SystemModel system) {
        journal.say("repair " + system.id);
        sessions.end(system);
        Outcome<RepairReport> report = pool().upkeep().repair(system.id, true, Progress.NONE);
        if (life.done(report, "repairing")) {
            Broken.unless(report.orThrow().left().isEmpty(), "left: " + report.orThrow());
            life.settleQuietly(system);
        } else {
            life.reopenWithRoom();
        }
    }

    /** All systems get a point together, or none does. */
    void group(List<SystemModel> systems) {
        String group = "g" + ++groups;
        List<IncomingPoint> prepared = new ArrayList<>();
        List<SystemModel.Point> points = new ArrayList<>();
        for (SystemModel system : systems) {
            Optional<Sending> sending = sessions.complete(system);
            if (sending.isEmpty()) {
                prepared.forEach(IncomingPoint::unprepare);
                return;
            }
            Outcome<RecoveryPoint> ready =
                    sending.get()
                            .point()
                            .prepare(sending.get().state.roots(), group, Progress.NONE);
            boolean held = system.isPerhapsHeld();
            if (!ready.isDone()) {
                if (!held) {
                    life.done(ready, "preparing");
                    // as the receiver does; what was not made durable is not trusted any more
                    sending.get().forgetProgress();
                    sending.get().point().close();
                    sending.get().broke();
                }
                prepared.forEach(IncomingPoint::unprepare);
                return;
            }
            prepared.add(sending.get().point());
            points.add(
                    new SystemModel.Point(
                            system.nextNumber(), sending.get().key, sending.get().state));
        }
        decide(group, systems, prepared, points);
    }

    private void decide(
            String group,
            List<SystemModel> systems,
            List<IncomingPoint> prepared,
            List<SystemModel.Point> points) {
        journal.say("group " + group);
        for (int i = 0; i < systems.size(); i++) {
            systems.get(i).commitInDoubt = Optional.of(points.get(i));
        }
        life.groupInDoubt(systems);
        Outcome<List<RecoveryPoint>> committed = pool().commitGroup(group, prepared);
        if (committed.isDone()) {
            for (int i = 0; i < systems.size(); i++) {
                systems.get(i).commitInDoubt = Optional.empty();
                systems.get(i).points.put(points.get(i).number(), points.get(i));
            }
            life.groupOver(systems);
        } else {
            life.done(committed, "committing a group");
            life.reopenWithRoom();
        }
    }
}
