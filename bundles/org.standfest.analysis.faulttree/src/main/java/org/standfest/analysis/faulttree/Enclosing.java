package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.internal.Enclosed;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A structure between two that are simpler: bounds with guarantee, and a way to estimate what lies
 * between them. Immutable, safe for any thread.
 */
public final class Enclosing {

    private final Enclosed enclosed;

    Enclosing(Enclosed enclosed) {
        this.enclosed = enclosed;
    }

    /** Where the probability certainly lies. */
    public Bounds bounds() {
        return new Bounds(enclosed.lower(), enclosed.upper());
    }

    /** One random question. */
    @FunctionalInterface
    public interface Trial {
        /** Draws a state of the upper structure; whether the structure itself is true in it. */
        boolean holds(RandomGenerator random);
    }

    /**
     * Conditional Monte Carlo: states are drawn from the upper structure's diagram, so that each of
     * them nearly is one of the structure, however rare. The probability is the share of trials
     * that hold, times the upper bound; the closer the bounds, the fewer trials. Nothing when the
     * bounds were not found or there are negations in the way.
     */
    public Optional<Trial> trial() {
        return enclosed.canDraw() ? Optional.of(enclosed::holds) : Optional.empty();
    }
}
