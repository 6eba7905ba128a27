package org.standfest.analysis.markov;

import java.util.function.BooleanSupplier;

/**
 * How much a calculation may cost.
 *
 * @param sweeps the most sweeps of an iteration over all states; at least 1
 * @param cancelled asked now and then from the calculating thread; once true, the calculation ends
 *     with what it has
 */
public record Effort(int sweeps, BooleanSupplier cancelled) {

    /** Enough for every chain of an ordinary topology. */
    public static final Effort STANDARD = new Effort(100_000, () -> false);

    /** Checks the range. */
    public Effort {
        if (sweeps < 1) {
            throw new IllegalArgumentException("at least one sweep");
        }
    }
}
