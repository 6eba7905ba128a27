package org.standfest.analysis.simulation;

/**
 * A number that was estimated from random samples.
 *
 * @param value the estimate
 * @param halfWidth of the confidence interval around it, in the same unit
 * @param confidence of that interval, 0 to 1
 * @param samples how many samples it rests on
 * @param finished false when it was cancelled or the samples were used up before the aim was
 *     reached; value and interval are valid all the same
 */
public record Estimate(
        double value, double halfWidth, double confidence, long samples, boolean finished) {

    /** The lower end of the interval, never below 0. */
    public double low() {
        return Math.max(0, value - halfWidth);
    }

    /** The upper end of the interval. */
    public double high() {
        return value + halfWidth;
    }

    /** The half width as a share of the value; infinite when the value is 0. */
    public double relativeHalfWidth() {
        return value == 0 ? Double.POSITIVE_INFINITY : halfWidth / value;
    }

    /** Whether a number lies in the interval. */
    public boolean covers(double number) {
        return number >= low() && number <= high();
    }
}
