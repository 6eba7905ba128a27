package org.standfest.analysis.distributions;

/** The standard normal distribution, to about fourteen digits. */
final class Normal {

    /** Beyond, density and differences get too small for Newton's steps. */
    private static final double NEAR_THE_MIDDLE = 1e-6;

    private static final int NEWTON_STEPS = 4;

    private Normal() {}

    static double probabilityUpTo(double x) {
        if (x < -38) {
            return 0;
        }
        if (x > 38) {
            return 1;
        }
        if (x > -2 && x < 6) {
            return 0.5 + density(x) * series(x);
        }
        double tail = density(x) * fraction(Math.abs(x));
        return x < 0 ? tail : 1 - tail;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** Marsaglia's series (Journal of Statistical Software 11, 2004): all terms of one sign. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return sum;
    }

    /** Laplace's continued fraction of the tail. */
    private static double fraction(double x) {
        double below = x;
        for (int n = 150; n > 0; n--) {
            below = x + n / below;
        }
        return 1 / below;
    }

    static double quantile(double probability) {
        if (!(probability > 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (!(probability < 1)) {
            return Double.POSITIVE_INFINITY;
        }
        double tail = Math.min(probability, 1 - probability);
        return tail > NEAR_THE_MIDDLE ? newton(probability, tail) : bisection(probability);
    }

    /**
     * From the rational approximation 26.2.23 of Abramowitz and Stegun, good to 4.5e-4, by Newton's
     * steps: each doubles the digits.
     */
    private static double newton(double probability, double tail) {
        double t = Math.sqrt(-2 * Math.log(tail));
        double above = 2.515517 + t * (0.802853 + t * 0.010328);
        double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        double start = t - above / below;
        double x = probability < 0.5 ? -start : start;
        for (int i = 0; i < NEWTON_STEPS; i++) {
            x -= (probabilityUpTo(x) - probability) / density(x);
        }
        return x;
    }

    private static double bisection(double probability) {
        double low = -39;
        double high = 39;
        while (true) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                return middle;
            }
            if (probabilityUpTo(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
