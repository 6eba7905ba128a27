package org.standfest.replication.engine;

/**
 * Chooses how much is compressed. Not at all where the line is faster than two cores compress, more
 * the slower it is. What a session sends first is compressed in any case: increments are small, so
 * that it costs next to nothing, lines are shared, and the line has to be measured first; of a
 * first copy only as much as measuring needs. For one thread.
 */
final class Compression {

    /** The level is chosen by the line. */
    static final int AUTO = -1;

    /** So much of an increment is compressed before the line's speed counts. */
    static final long FIRST_BYTES = 256L << 20;

    /** So much of a first copy: enough to measure the line. */
    static final long FIRST_COPY_BYTES = 64L << 20;

    private static final int FIRST_LEVEL = 1;

    // Two cores compress at about 1000, 600 and 180 MB/s with levels 1, 3 and 9.
    private static final double FAST_BYTES_PER_SECOND = 250e6;
    private static final double MIDDLE_BYTES_PER_SECOND = 60e6;
    private static final double SLOW_BYTES_PER_SECOND = 10e6;
    private static final int FAST_LEVEL = 1;
    private static final int MIDDLE_LEVEL = 3;
    private static final int SLOW_LEVEL = 9;

    private static final double SMOOTHING = 0.1;

    private final int fixed;
    private final long firstBytes;
    private double lineBytesPerSecond = Double.MAX_VALUE;
    private long contentBytes;

    /**
     * @param fixed {@link #AUTO}, 0 for never, or a level of Zstandard
     * @param firstBytes how much is compressed before the line's speed counts
     */
    Compression(int fixed, long firstBytes) {
        this.fixed = fixed;
        this.firstBytes = firstBytes;
    }

    /** Tells how long the line took for some bytes, waiting for the receiver included. */
    void carried(long bytes, long nanos) {
        double rate = bytes / Math.max(1e-9, nanos / 1e9);
        lineBytesPerSecond =
                lineBytesPerSecond == Double.MAX_VALUE
                        ? rate
                        : lineBytesPerSecond * (1 - SMOOTHING) + rate * SMOOTHING;
    }

    /** The level for a content of so many bytes; 0: as it is. */
    int level(int bytes) {
        contentBytes += bytes;
        if (fixed != AUTO) {
            return fixed;
        }
        if (lineBytesPerSecond < SLOW_BYTES_PER_SECOND) {
            return SLOW_LEVEL;
        }
        if (lineBytesPerSecond < MIDDLE_BYTES_PER_SECOND) {
            return MIDDLE_LEVEL;
        }
        if (contentBytes <= firstBytes) {
            return FIRST_LEVEL;
        }
        return lineBytesPerSecond < FAST_BYTES_PER_SECOND ? FAST_LEVEL : 0;
    }
}
