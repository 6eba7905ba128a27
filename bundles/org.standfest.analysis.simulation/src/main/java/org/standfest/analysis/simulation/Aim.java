package org.standfest.analysis.simulation;

import java.util.function.BooleanSupplier;

/**
 * When an estimation ends.
 *
 * @param confidence of the interval, above 0 and below 1
 * @param relativeHalfWidth the interval is narrow enough when its half width is this share of the
 *     value, above 0
 * @param mostSamples at least 1,000
 * @param cancelled asked now and then from the calculating thread
 */
public record Aim(
        double confidence, double relativeHalfWidth, long mostSamples, BooleanSupplier cancelled) {

    /** Ninety-nine percent confidence, one percent half width, ten million samples at most. */
    public static final Aim ONE_PERCENT = new Aim(0.99, 0.01, 10_000_000, () -> false);

    /** Checks the ranges. */
    public Aim {
        if (!(confidence > 0 && confidence < 1)
                || !(relativeHalfWidth > 0)
                || mostSamples < 1_000) {
            throw new IllegalArgumentException("not an aim: " + confidence);
        }
    }
}
