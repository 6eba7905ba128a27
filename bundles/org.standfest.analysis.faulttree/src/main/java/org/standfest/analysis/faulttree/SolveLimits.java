package org.standfest.analysis.faulttree;

import java.time.Duration;
import java.util.Objects;

/**
 * What one solution may cost.
 *
 * @param nodesMax how many nodes a diagram may have; a node takes about 24 bytes
 * @param time after which it ends with what it has; an hour where it does not matter
 * @param threads how many orders are tried at the same time, 1 to 64
 */
public record SolveLimits(int nodesMax, Duration time, int threads) {

    /** 60 million nodes (about 1.5 GB), ten minutes, two threads. */
    public static final SolveLimits STANDARD =
            new SolveLimits(60_000_000, Duration.ofMinutes(10), 2);

    /** Checks the ranges. */
    public SolveLimits {
        Objects.requireNonNull(time);
        if (nodesMax < 1 || threads < 1 || threads > 64 || time.isNegative()) {
            throw new IllegalArgumentException(nodesMax + ", " + time + ", " + threads);
        }
    }

    /** The same with another time. */
    public SolveLimits within(Duration other) {
        return new SolveLimits(nodesMax, other, threads);
    }
}
