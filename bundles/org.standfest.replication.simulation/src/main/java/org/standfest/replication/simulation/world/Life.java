package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.Act;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.ProcessEnd;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** The life of one process, which may end at any of its changes to the disk. */
final class Life implements Hand {

    private final Sabotage sabotage;
    private final Journal journal;
    private long changes;
    private long endAt = Long.MAX_VALUE;
    private double endsHalf;
    private long failAt = Long.MAX_VALUE;
    private boolean over;
    private boolean failed;
    private boolean everFailed;

    Life(Sabotage sabotage, Journal journal) {
        this.sabotage = sabotage;
        this.journal = journal;
    }

    /** The process ends at one of the next changes. */
    void endSoon(RandomGenerator random, int within) {
        endAt = changes + 1 + random.nextInt(within);
        endsHalf = random.nextDouble();
    }

    /** One of the next changes fails, as when a cable is loose. */
    void failSoon(RandomGenerator random, int within) {
        failAt = changes + 1 + random.nextInt(within);
    }

    void liveOn() {
        endAt = Long.MAX_VALUE;
        failAt = Long.MAX_VALUE;
    }

    boolean over() {
        return over;
    }

    /** Whether a change failed since {@link #forgetFailure}. */
    boolean failed() {
        return failed;
    }

    /** Whether a change failed ever. */
    boolean everFailed() {
        return everFailed;
    }

    void forgetFailure() {
        failed = false;
    }

    void end() {
        over = true;
    }

    @Override
    public boolean before(Act act, String path) throws IOException {
        if (over) {
            throw new ProcessEnd(0);
        }
        if (!act.isChange()) {
            return true;
        }
        changes++;
        journal.act(act, path);
        if (changes >= endAt) {
            over = true;
            throw new ProcessEnd(endsHalf);
        }
        if (changes == failAt) {
            failed = true;
            everFailed = true;
            throw new IOException("input/output error");
        }
        return !sabotage.skips(act, path);
    }
}
