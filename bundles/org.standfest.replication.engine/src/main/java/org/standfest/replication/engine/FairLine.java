package org.standfest.replication.engine;

/**
 * A line with a limit that several share: a bucket of bytes that fills with the limit's speed, and
 * a fair queue in front of it. Pure calculation, for one thread at a time.
 */
final class FairLine {

    /** What may go out at once after a silence, in seconds of the limit. */
    private static final double BURST_SECONDS = 0.1;

    private static final double NANOS = 1e9;

    private final FairQueue queue = new FairQueue();
    private double bytes;
    private long filledAtNanos;
    private boolean closed;

    FairLine(long nowNanos) {
        filledAtNanos = nowNanos;
    }

    FairQueue queue() {
        return queue;
    }

    /** Lets time go by with a limit; 0: nothing may go out. */
    void fill(long nowNanos, long bytesPerSecond) {
        double more = (nowNanos - filledAtNanos) / NANOS * bytesPerSecond;
        bytes = Math.min(bytes + more, BURST_SECONDS * bytesPerSecond);
        filledAtNanos = nowNanos;
        closed = bytesPerSecond == 0;
    }

    /** Serves the next one if there is something for him; {@code null} if not. */
    FairQueue.Ticket serve() {
        if (closed || queue.isEmpty() || bytes < 0) {
            return null;
        }
        FairQueue.Ticket served = queue.serve();
        bytes -= served.cost();
        return served;
    }

    /** How long until the next one can be served, at this limit; for ever on a closed line. */
    long nanosUntilNext(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return Long.MAX_VALUE;
        }
        return bytes >= 0 ? 0 : (long) Math.ceil(-bytes / bytesPerSecond * NANOS);
    }
}
