package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What the agents of a pool's life are sending, one session of each system at most. */
final class PoolSessions {

    private final PoolLife life;
    private final RandomGenerator random;
    private final SimClock clock;
    private final Journal journal;
    private final NativeForm natives;
    private final Map<String, Sending> sendings = new TreeMap<>();
    private int keys;
    private int committed;

    PoolSessions(
            PoolLife life,
            RandomGenerator random,
            SimClock clock,
            Journal journal,
            NativeForm natives) {
        this.life = life;
        this.random = random;
        this.clock = clock;
        this.journal = journal;
        this.natives = natives;
    }

    int committed() {
        return committed;
    }

    /** Something that happens to all of them. */
    void each(Consumer<Sending> happening) {
        sendings.values().forEach(happening);
    }

    void forget(SystemModel system) {
        sendings.remove(system.id);
    }

    /** What was sent is a recovery point. */
    void arrived(SystemModel system) {
        committed++;
        forget(system);
    }

    /** The one in the end, which has to arrive. */
    void last(SystemModel system) {
        Sending last = begin(system, true);
        while (last.isOpen() && !last.isComplete()) {
            life.done(last.step(), "the last session");
        }
        commit(system);
        Broken.unless(
                system.newest().orElseThrow().key().equals(last.key), "the last commit failed");
    }

    /** A session of which everything is sent; empty when that failed. */
    Optional<Sending> complete(SystemModel system) {
        life.add(system);
        Sending sending = sendings.get(system.id);
        if (system.known && (sending == null || !sending.isOpen())) {
            sending = begin(system, false);
        }
        while (system.known && sending.isOpen() && !sending.isComplete()) {
            if (!life.done(sending.step(), "sending")) {
                sending.point().close();
                sending.broke();
            }
        }
        return system.known && sending.isOpen() ? Optional.of(sending) : Optional.empty();
    }

    /** Begins or goes on, a few steps far, and sometimes to its end. */
    void go(SystemModel system) {
        life.add(system);
        if (!system.known) {
            return;
        }
        Sending sending = sendings.get(system.id);
        if (sending == null || !sending.isOpen()) {
            sending = begin(system, false);
        }
        for (int i = random.nextInt(12); i > 0 && sending.isOpen() && !sending.isComplete(); i--) {
            if (!life.done(sending.step(), "sending")) {
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
        boolean again = sending != null && !anew && random.nextInt(3) > 0 && !hasArrived(system);
        if (sending != null && sending.isOpen()) {
            sending.point().close();
        }
        if (sending != null && life.mayHaveLost()) {
            sending.killed();
        }
        if (!again) {
            system.source = system.source.changed(random);
            sending = new Sending(system.id, "k" + ++keys, system.source, random);
            sendings.put(system.id, sending);
        }
        journal.say("begin " + system.id + ' ' + sending.key);
        if (life.shaky()) {
            sending.forgetProgress();
        }
        if (life.done(sending.begin(life.pool(), system.epoch, clock.instant()), "beginning")
                && again) {
            sending.checkProgressKept();
        }
        return sending;
    }

    /**
     * Whether what an agent is sending is a recovery point already, and only the answer was lost.
     */
    private boolean hasArrived(SystemModel system) {
        Sending sending = sendings.get(system.id);
        return system.newest().map(SystemModel.Point::key).equals(Optional.of(sending.key));
    }

    void commit(SystemModel system) {
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
            arrived(system);
            system.check(life.pool(), natives);
            return;
        }
        String code = outcome.problem().orElseThrow().code();
        boolean held = code.equals("pool.held") && system.isPerhapsHeld();
        if (!held) {
            life.done(outcome, "committing");
            sending.point().close();
            sendings.remove(system.id);
            life.settle(system);
        } else {
            system.commitInDoubt = Optional.empty();
        }
    }

    /** Closes or discards what is open. */
    void end(SystemModel system) {
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
}
