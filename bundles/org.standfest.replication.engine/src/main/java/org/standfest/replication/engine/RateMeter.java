package org.standfest.replication.engine;

import java.util.OptionalLong;

/**
 * How fast something goes on, and how long it will still take: from the last half minute, so that
 * it follows a line that changes without jumping. Pure calculation, for one thread at a time.
 */
public final class RateMeter {

    private static final double HALF_LIFE_NANOS = 10e9;
    private static final double NANOS = 1e9;

    private final long startNanos;
    private long lastNanos;
    private long lastBytes;
    private double bytesPerSecond;

    /**
     * @param nowNanos nanoseconds of which only differences count
     * @param doneBytes what was done before
     */
    public RateMeter(long nowNanos, long doneBytes) {
        startNanos = nowNanos;
        lastNanos = nowNanos;
        lastBytes = doneBytes;
    }

    /** So much is done by now; less than before counts as nothing new. */
    public void at(long doneBytes, long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        if (elapsed <= 0) {
            return;
        }
        double current = Math.max(0, doneBytes - lastBytes) * NANOS / elapsed;
        double old = lastNanos == startNanos ? 0 : Math.pow(0.5, elapsed / HALF_LIFE_NANOS);
        bytesPerSecond = old * bytesPerSecond + (1 - old) * current;
        lastNanos = nowNanos;
        lastBytes = Math.max(lastBytes, doneBytes);
    }

    /** Bytes in a second; 0 while nothing moves. */
    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    /**
     * How long it will still take at this rate, in seconds; empty when nothing moves or the total
     * is unknown (0).
     */
    public OptionalLong secondsLeft(long totalBytes) {
        if (totalBytes <= 0 || bytesPerSecond < 1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                (long) Math.ceil(Math.max(0, totalBytes - lastBytes) / bytesPerSecond));
    }
}
