package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.internal.Module.Range;

import java.util.random.RandomGenerator;

/**
 * What is known about the probability of a formula that is too entangled for an exact one.
 * Immutable, safe for any thread.
 */
public final class Enclosed {

    private final Range range;
    private final Module module;
    private final boolean wanted;

    /**
     * @param module what the formula is, or null where it is a variable or constant
     * @param wanted false: the formula is the opposite of the module
     */
    Enclosed(Range range, Module module, boolean wanted) {
        this.range = range;
        this.module = module;
        this.wanted = wanted;
    }

    /** Not more than the probability. */
    public double lower() {
        return wanted ? range.lower() : range.notUpper();
    }

    /** Not less than it. */
    public double upper() {
        return wanted ? range.upper() : range.notLower();
    }

    /** Whether {@link #holds} can be asked. */
    public boolean canDraw() {
        return module != null && module.canDraw(wanted);
    }

    /**
     * Draws a state of the upper bound and answers whether the formula is true in it. The
     * probability of the formula is that share of the upper bound.
     */
    public boolean holds(RandomGenerator random) {
        return module.holds(wanted, random);
    }
}
