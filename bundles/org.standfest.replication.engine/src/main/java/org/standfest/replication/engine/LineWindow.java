package org.standfest.replication.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much may be under way without acknowledgement: twice what the line was measured to carry
 * within one round trip, and a little more, so that a line that breaks takes no more with it than
 * it needs to be kept busy. It doubles with every round trip that filled it, up to what the
 * receiver allows. Pure calculation, for one thread at a time.
 */
final class LineWindow {

    /** What may always be under way. */
    static final long LEAST_BYTES = 512L << 10;

    private static final long MARK_EVERY_BYTES = 64L << 10;
    private static final double FADING = 0.98;

    private final long mostBytes;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long acknowledgedBytes;
    private long acknowledgedAtNanos;
    private long markedBytes;
    private double bytesPerNano;
    private double roundTripNanos = Double.MAX_VALUE;

    /** When what was sent, and what was acknowledged by then, and since when. */
    private record Mark(long sentBytes, long nanos, long ackedBytes, long ackedNanos) {}

    /**
     * @param mostBytes what the receiver allows
     */
    LineWindow(long mostBytes, long nowNanos) {
        this.mostBytes = mostBytes;
        this.acknowledgedAtNanos = nowNanos;
    }

    /** So much was handed to the line altogether. */
    void sent(long totalBytes, long nowNanos) {
        if (totalBytes - markedBytes >= MARK_EVERY_BYTES) {
            markedBytes = totalBytes;
            long since = acknowledgedBytes == 0 && marks.isEmpty() ? nowNanos : acknowledgedAtNanos;
            marks.addLast(new Mark(totalBytes, nowNanos, acknowledgedBytes, since));
        }
    }

    /** The receiver has dealt with so much altogether. */
    void acknowledged(long totalBytes, long nowNanos) {
        if (totalBytes <= acknowledgedBytes) {
            return;
        }
        Mark last = null;
        while (!marks.isEmpty() && marks.getFirst().sentBytes() <= totalBytes) {
            last = marks.removeFirst();
        }
        if (last != null) {
            roundTripNanos = Math.min(roundTripNanos, Math.max(1, nowNanos - last.nanos()));
            double rate =
                    (totalBytes - last.ackedBytes())
                            / (double) Math.max(1, nowNanos - last.ackedNanos());
            bytesPerNano = Math.max(rate, bytesPerNano * FADING);
        }
        acknowledgedBytes = totalBytes;
        acknowledgedAtNanos = nowNanos;
    }

    /** What was sent and not acknowledged, if so much was sent. */
    long underWay(long sentBytes) {
        return sentBytes - acknowledgedBytes;
    }

    /** How much may be under way now. */
    long bytes() {
        double needed = bytesPerNano == 0 ? 0 : 2 * bytesPerNano * roundTripNanos;
        return (long) Math.min(mostBytes, LEAST_BYTES + needed);
    }

    /** What the line was measured to carry, bytes in a second; 0 while unknown. */
    double bytesPerSecond() {
        return bytesPerNano * 1e9;
    }
}
