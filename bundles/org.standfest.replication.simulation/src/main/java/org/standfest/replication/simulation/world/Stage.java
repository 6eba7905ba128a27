package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.machine.Scheduler;
import org.standfest.replication.simulation.machine.SimClock;

import java.util.HashMap;
import java.util.Map;

/** What all processes of a world share. For one thread at a time. */
final class Stage {

    private final Scheduler scheduler;
    private final SimClock clock;
    private final Journal journal;
    private final Map<String, Integer> arrivals = new HashMap<>();
    private RuntimeException broken;
    private boolean blocksMayComeTwice;

    Stage(Scheduler scheduler, SimClock clock, Journal journal) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.journal = journal;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SimClock clock() {
        return clock;
    }

    Journal journal() {
        return journal;
    }

    /** A thread met what must not be; the first one counts. */
    void broken(Throwable what) {
        if (broken == null) {
            broken =
                    what instanceof RuntimeException already
                            ? already
                            : new IllegalStateException(what);
        }
    }

    void throwWhatBroke() {
        if (broken != null) {
            throw broken;
        }
    }

    boolean isBroken() {
        return broken != null;
    }

    /** From now on a receiver may have lost what it took. */
    void forgetArrivals() {
        arrivals.clear();
    }

    /** Two senders of one system disturb each other. */
    void letBlocksComeTwice() {
        blocksMayComeTwice = true;
    }

    /** A content arrived and was taken: once for each session is enough. */
    void arrived(String session, String hash) {
        int times = arrivals.merge(session + ' ' + hash, 1, Integer::sum);
        if (times > 2 && !blocksMayComeTwice) {
            broken(new Broken("the same content came " + times + " times in session " + session));
        }
    }
}
