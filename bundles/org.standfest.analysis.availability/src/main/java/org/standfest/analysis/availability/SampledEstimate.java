package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.Enclosing;
import org.standfest.analysis.simulation.Aim;
import org.standfest.analysis.simulation.BoundedMean;
import org.standfest.analysis.simulation.Estimate;

import java.util.Optional;

/**
 * A probability estimated from random samples: reproducible by its seed.
 *
 * @param value the estimate
 * @param low the probability lies above with the confidence
 * @param high and below this; cut sets that were too improbable to be drawn are in it
 * @param confidence of the interval, 0 to 1
 * @param samples how many were drawn
 * @param seed of the random numbers
 */
public record SampledEstimate(
        double value, double low, double high, double confidence, long samples, long seed) {

    /**
     * Estimates what lies between two bounds: samples of the upper one of two structures.
     *
     * @return nothing where there is no way to draw them
     */
    public static Optional<SampledEstimate> between(Enclosing enclosing, long seed, Aim aim) {
        Bounds bounds = enclosing.bounds();
        return enclosing
                .trial()
                .map(
                        trial ->
                                BoundedMean.of(
                                        random -> trial.holds(random) ? 1 : 0,
                                        bounds.upper(),
                                        seed,
                                        aim))
                .map(it -> of(it, 0, bounds, seed));
    }

    /**
     * An estimate within what is certain.
     *
     * @param omitted what could not be drawn, at most
     */
    static SampledEstimate of(Estimate it, double omitted, Bounds within, long seed) {
        double low = Math.max(within.lower(), it.low());
        double high = Math.min(within.upper(), it.high() + omitted);
        return new SampledEstimate(
                Math.clamp(it.value(), within.lower(), within.upper()),
                Math.min(low, high),
                Math.max(low, high),
                it.confidence(),
                it.samples(),
                seed);
    }
}
