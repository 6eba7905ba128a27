package org.standfest.replication.engine;

/**
 * Chooses how much is compressed. For {@link CompressionChoice.Auto}: not at all where the line is
 * faster than two cores compress, more the slower it is. What a session sends first is compressed
 * in any case: increments are small, so that it costs next to nothing, lines are shared, and the
 * line has to be measured first; of a first copy only as much as measuring needs. For {@link
 * CompressionChoice.Always}: less while the sender waits for compression, more while it waits for a
 * line that is slower than the next level. For one thread.
 */
final class Compression {

    /** The level that stands for "as it is". */
    static final int RAW = 0;

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

    /** What the levels of Always are. */
    private static final int[] LADDER = {-3, -1, FAST_LEVEL, MIDDLE_LEVEL, 5, SLOW_LEVEL};

    /**
     * So slow a line has to be for these: one core brings about so much into the form that travels.
     * A receiver that has too much to do looks like a slow line, and more compression would not
     * help it.
     */
    private static final double[] LADDER_BYTES_PER_SECOND = {
        Double.MAX_VALUE, 200e6, 120e6, MIDDLE_BYTES_PER_SECOND, 30e6, SLOW_BYTES_PER_SECOND
    };

    private static final int FIRST_RUNG = 0;

    /** After so much it is looked at again which of both is waited for. */
    private static final long LOOK_EVERY_BYTES = 8L << 20;

    /** A quarter of the waiting may be for the other one before the level changes. */
    private static final int MUCH_MORE = 3;

    private final CompressionChoice choice;
    private final long firstBytes;
    private double lineBytesPerSecond = Double.MAX_VALUE;
    private long contentBytes;
    private int rung = FIRST_RUNG;
    private long lookedAtBytes;
    private long lineNanos;
    private long packingNanos;

    /**
     * @param firstBytes how much is compressed before the line's speed counts
     */
    Compression(CompressionChoice choice, long firstBytes) {
        this.choice = choice;
        this.firstBytes = firstBytes;
    }

    /** Tells how long the line took for some bytes, waiting for the receiver included. */
    void carried(long bytes, long nanos) {
        double rate = bytes / Math.max(1e-9, nanos / 1e9);
        lineBytesPerSecond =
                lineBytesPerSecond == Double.MAX_VALUE
                        ? rate
                        : lineBytesPerSecond * (1 - SMOOTHING) + rate * SMOOTHING;
        lineNanos += nanos;
    }

    /** Tells how long was waited for something to be compressed. */
    void packed(long nanos) {
        packingNanos += nanos;
    }

    /** The level for a content of so many bytes; {@link #RAW}: as it is. */
    int level(int bytes) {
        contentBytes += bytes;
        return switch (choice) {
            case CompressionChoice.Off _ -> RAW;
            case CompressionChoice.Level(int level) -> level;
            case CompressionChoice.Always _ -> always();
            case CompressionChoice.Auto _ -> auto();
        };
    }

    private int auto() {
        if (lineBytesPerSecond < SLOW_BYTES_PER_SECOND) {
            return SLOW_LEVEL;
        }
        if (lineBytesPerSecond < MIDDLE_BYTES_PER_SECOND) {
            return MIDDLE_LEVEL;
        }
        if (contentBytes <= firstBytes) {
            return FIRST_LEVEL;
        }
        return lineBytesPerSecond < FAST_BYTES_PER_SECOND ? FAST_LEVEL : RAW;
    }

    private int always() {
        if (contentBytes - lookedAtBytes >= LOOK_EVERY_BYTES) {
            if (packingNanos > MUCH_MORE * lineNanos) {
                rung = Math.max(0, rung - 1);
            } else if (lineNanos > MUCH_MORE * packingNanos) {
                int next = Math.min(LADDER.length - 1, rung + 1);
                rung = lineBytesPerSecond < LADDER_BYTES_PER_SECOND[next] ? next : rung;
            }
            lookedAtBytes = contentBytes;
            packingNanos = 0;
            lineNanos = 0;
        }
        return LADDER[rung];
    }
}
