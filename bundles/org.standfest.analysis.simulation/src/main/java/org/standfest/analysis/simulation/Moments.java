package org.standfest.analysis.simulation;

/** Mean and variance of samples as they come (Welford 1962). Not for several threads. */
final class Moments {

    private long count;
    private double mean;
    private double squares;

    void add(double sample) {
        count++;
        double before = sample - mean;
        mean += before / count;
        squares += before * (sample - mean);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double variance() {
        return count < 2 ? Double.POSITIVE_INFINITY : squares / (count - 1);
    }

    /** Of the mean. */
    double standardError() {
        return Math.sqrt(variance() / count);
    }

    /**
     * A half width that holds for every number of samples and every distribution between 0 and the
     * range, not only for many samples of a friendly one: the empirical Bernstein bound (Maurer and
     * Pontil, COLT 2009, theorem 4, for both sides).
     */
    double bernstein(double range, double confidence) {
        double log = Math.log(4 / (1 - confidence));
        return Math.sqrt(2 * variance() * log / count) + 7 * range * log / (3 * (count - 1.0));
    }
}
