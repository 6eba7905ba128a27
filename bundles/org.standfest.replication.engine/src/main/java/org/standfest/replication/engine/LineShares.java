package org.standfest.replication.engine;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The line that all sessions of a machine share: its limit may differ by the hour of the week, and
 * while it is short every session gets its part in proportion to its priority. Without a limit
 * nobody waits. Safe for any thread.
 */
public final class LineShares {

    /** No limit at an instant. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The limit is asked for again after so long, because it may have changed by then. */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Limit limit;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final FairLine line;
    private final Set<FairQueue.Ticket> served = new HashSet<>();

    /** What may be sent. */
    @FunctionalInterface
    public interface Limit {
        /**
         * Bytes in a second at an instant, milliseconds since 1970; {@link #NO_LIMIT}, or 0:
         * nothing. Called often, must return at once.
         */
        long bytesPerSecond(long epochMillis);
    }

    /**
     * @param limit what all sessions together may send
     * @param clock tells the hour
     * @param nanos tells nanoseconds of which only differences count
     */
    public LineShares(Limit limit, InstantSource clock, LongSupplier nanos) {
        this.limit = limit;
        this.clock = clock;
        this.nanos = nanos;
        this.line = new FairLine(nanos.getAsLong());
    }

    /** A line nobody limits. */
    public static LineShares unlimited() {
        return new LineShares(_ -> NO_LIMIT, InstantSource.system(), () -> 0);
    }

    /**
     * Takes part.
     *
     * @param priority 1 or more; twice the priority is twice the share
     */
    public Share join(int priority) {
        return new Share(new FairQueue.Party(priority), Optional.empty());
    }

    /**
     * Takes part with a limit of its own before that of the line.
     *
     * @param own what this part alone may send; it changes nothing for the others
     */
    public Share join(int priority, Limit own) {
        Share alone = new LineShares(own, clock, nanos).join(1);
        return new Share(new FairQueue.Party(priority), Optional.of(alone));
    }

    /** One session's part in the line. For one thread. */
    public final class Share {

        private final FairQueue.Party party;
        private final Optional<Share> before;

        private Share(FairQueue.Party party, Optional<Share> before) {
            this.party = party;
            this.before = before;
        }

        /**
         * Waits until so many bytes may be sent; not at all where there is no limit.
         *
         * @param stop looked at every second
         * @return false when the waiting was stopped
         */
        public boolean await(long bytes, Cancellation stop) {
            return before.map(alone -> alone.await(bytes, stop)).orElse(true)
                    && (limit.bytesPerSecond(clock.millis()) == NO_LIMIT
                            || queue(party, bytes, stop));
        }
    }

    private boolean queue(FairQueue.Party party, long bytes, Cancellation stop) {
        lock.lock();
        try {
            FairQueue.Ticket mine = line.queue().join(party, bytes);
            while (!served.remove(mine)) {
                long perSecond = limit.bytesPerSecond(clock.millis());
                boolean stopped = stop.requested();
                if (perSecond == NO_LIMIT || stopped) {
                    line.queue().leave(mine);
                    return !stopped;
                }
                line.fill(nanos.getAsLong(), perSecond);
                boolean any = false;
                for (var next = line.serve(); next != null; next = line.serve()) {
                    served.add(next);
                    any = true;
                }
                if (any) {
                    changed.signalAll();
                } else {
                    pause(Math.min(line.nanosUntilNext(perSecond), LOOK_AGAIN_NANOS));
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void pause(long pauseNanos) {
        try {
            changed.awaitNanos(Math.max(1, pauseNanos));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the line");
        }
    }
}
