package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.random.RandomGenerator;

/**
 * A part with what is known about its function from below and from above. Immutable, safe for any
 * thread.
 *
 * @param part the function
 * @param ways in which direction each node moves the root: 1 the same, 2 the opposite, 3 both
 * @param inner the leaves that are parts themselves and not known exactly; null for the others
 * @param range its bounds
 */
record Module(Part part, int[] ways, Module[] inner, Range range) {

    /**
     * A lower and an upper bound, each with its complement, which is as exact, and the function
     * that has this probability.
     *
     * @param below is true only where the function is; null when not known
     * @param above is true wherever the function is; null when not known
     */
    record Range(
            double lower,
            double notLower,
            double upper,
            double notUpper,
            BoundDiagram below,
            BoundDiagram above) {

        static final Range UNKNOWN = new Range(0, 1, 1, 0, null, null);

        static Range exactly(double is, double isNot) {
            return new Range(is, isNot, is, isNot, null, null);
        }

        boolean isExact() {
            return lower == upper;
        }

        /** Relative to the rarer side, whichever that is. */
        double width() {
            return Math.max(
                    upper == 0 ? 0 : (upper - lower) / upper,
                    notLower == 0 ? 0 : (notLower - notUpper) / notLower);
        }

        /** An estimate of the rarer side from above. */
        double rare() {
            return Math.min(upper, notLower);
        }

        /** Sides without a diagram become those of another. */
        Range orIfUnknown(Range other) {
            Range low = below == null ? other : this;
            Range high = above == null ? other : this;
            return new Range(low.lower, low.notLower, high.upper, high.notUpper, below, above);
        }

        Range and(Range other) {
            Range low = lower >= other.lower ? this : other;
            Range high = notUpper >= other.notUpper ? this : other;
            return new Range(
                    low.lower, low.notLower, high.upper, high.notUpper, low.below, high.above);
        }
    }

    /** Whether {@link #holds} can be asked. */
    boolean canDraw(boolean wanted) {
        BoundDiagram diagram = wanted ? range.above : range.below;
        if (diagram == null || !diagram.canBe(wanted)) {
            return false;
        }
        for (int leaf = 0; leaf < inner.length; leaf++) {
            if (inner[leaf] != null
                    && (ways[leaf] == 3 || !inner[leaf].canDraw(isUpper(leaf, wanted)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a bound of the root on this side counts a leaf by its upper bound. */
    private boolean isUpper(int leaf, boolean up) {
        return up == (ways[leaf] == 1);
    }

    /**
     * Draws a state in which the function may have a value as far as its bound says, and answers
     * whether it really has it: the share of these is the probability of the value over that of the
     * bound.
     *
     * @param wanted true: states of the upper bound; false: states outside of the lower bound
     */
    boolean holds(boolean wanted, RandomGenerator random) {
        boolean[] values = new boolean[part.size()];
        (wanted ? range.above : range.below).draw(wanted, random, values);
        for (int leaf = 0; leaf < inner.length; leaf++) {
            if (inner[leaf] != null && values[leaf] == isUpper(leaf, wanted)) {
                boolean sure = inner[leaf].holds(values[leaf], random);
                values[leaf] = sure == values[leaf];
            }
        }
        for (int gate = 0; gate < part.kinds().length; gate++) {
            values[part.leafCount() + gate] = value(gate, values);
        }
        return values[part.root()] == wanted;
    }

    private boolean value(int gate, boolean[] values) {
        int[] arguments = part.arguments()[gate];
        int count = 0;
        for (int argument : arguments) {
            count += values[argument >>> 1] == ((argument & 1) == 0) ? 1 : 0;
        }
        if (part.kinds()[gate] == Formula.Kind.XOR) {
            return count == 1;
        }
        int needed =
                part.kinds()[gate] == Formula.Kind.AND ? arguments.length : part.thresholds()[gate];
        return count >= needed;
    }
}
