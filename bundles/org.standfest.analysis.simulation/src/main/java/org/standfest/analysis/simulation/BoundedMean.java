package org.standfest.analysis.simulation;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The mean of a random number between 0 and 1, with an interval that holds for every distribution
 * and every number of samples (empirical Bernstein bound). Stateless, safe for any thread.
 */
public final class BoundedMean {

    private static final int CHECK_EVERY = 4_096;

    private BoundedMean() {}

    /**
     * Samples until the interval is narrow enough, the samples are used up, or it is cancelled.
     *
     * @param sample draws one number, 0 to 1
     * @param scale what the mean is to be multiplied by, for example the probability of the
     *     condition under which samples are drawn
     * @param seed the same seed gives the same estimate
     */
    public static Estimate of(
            ToDoubleFunction<RandomGenerator> sample, double scale, long seed, Aim aim) {
        Random random = new Random(seed);
        Moments moments = new Moments();
        while (true) {
            for (int i = 0; i < CHECK_EVERY; i++) {
                moments.add(sample.applyAsDouble(random));
            }
            double half = moments.bernstein(1, aim.confidence());
            boolean narrow = half <= aim.relativeHalfWidth() * moments.mean();
            if (narrow || moments.count() >= aim.mostSamples() || aim.cancelled().getAsBoolean()) {
                return new Estimate(
                        scale * moments.mean(),
                        scale * half,
                        aim.confidence(),
                        moments.count(),
                        narrow);
            }
        }
    }
}
