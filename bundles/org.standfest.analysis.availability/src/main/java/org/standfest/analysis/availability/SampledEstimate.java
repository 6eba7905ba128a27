package org.standfest.analysis.availability;

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
        double value, double low, double high, double confidence, long samples, long seed) {}
