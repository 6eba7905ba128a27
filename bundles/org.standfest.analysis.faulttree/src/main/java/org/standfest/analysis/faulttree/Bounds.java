package org.standfest.analysis.faulttree;

/**
 * Where a probability certainly lies.
 *
 * @param lower not more than the probability
 * @param upper not less than it
 */
public record Bounds(double lower, double upper) {

    /** The middle, which is off by at most half of {@link #width}. */
    public double middle() {
        return (lower + upper) / 2;
    }

    /** How far the bounds lie apart, relative to the upper one. */
    public double width() {
        return upper == 0 ? 0 : (upper - lower) / upper;
    }
}
