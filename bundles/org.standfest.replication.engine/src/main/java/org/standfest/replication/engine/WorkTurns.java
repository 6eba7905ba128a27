package org.standfest.replication.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The receiver's fairness: so many sessions work at once, and while more want to, each gets turns
 * in proportion to its priority and to the bytes it brings. Safe for any thread.
 */
public final class WorkTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue queue = new FairQueue();
    private final Set<FairQueue.Ticket> called = new HashSet<>();
    private int free;

    /**
     * @param atOnce how many sessions work at once, 1 or more
     */
    public WorkTurns(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("turns: " + atOnce);
        }
        free = atOnce;
    }

    /** As many as the machine has processors. */
    public static WorkTurns standard() {
        return new WorkTurns(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Takes part.
     *
     * @param priority 1 or more
     */
    Turns join(int priority) {
        return new Turns(new FairQueue.Party(priority));
    }

    /** One session's turns. For one thread. */
    final class Turns {

        private final FairQueue.Party party;

        private Turns(FairQueue.Party party) {
            this.party = party;
        }

        /** Waits for a turn that costs so much; {@link #done} has to follow. */
        void begin(long cost) {
            lock.lock();
            try {
                FairQueue.Ticket mine = queue.join(party, cost);
                call();
                while (!called.remove(mine)) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        void done() {
            lock.lock();
            try {
                free++;
                call();
            } finally {
                lock.unlock();
            }
        }
    }

    private void call() {
        boolean any = false;
        while (free > 0 && !queue.isEmpty()) {
            free--;
            called.add(queue.serve());
            any = true;
        }
        if (any) {
            changed.signalAll();
        }
    }
}
