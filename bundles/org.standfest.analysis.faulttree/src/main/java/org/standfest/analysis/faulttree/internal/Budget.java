package org.standfest.analysis.faulttree.internal;

import java.util.function.BooleanSupplier;

/**
 * How much one attempt may cost, and whether anybody still wants it. Used by one thread; the
 * supplier may be answered by another.
 */
public final class Budget {

    /** The attempt was stopped: the budget is used up, or nobody wants the answer any more. */
    public static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super("budget", null, false, false);
        }
    }

    private static final int STEPS_BETWEEN_QUESTIONS = 1 << 12;

    private final int nodesMax;
    private final long stepsMax;
    private final BooleanSupplier stop;
    private long steps;
    private int countdown = STEPS_BETWEEN_QUESTIONS;

    /**
     * @param nodesMax how many nodes a diagram may have at the same time
     * @param stepsMax how many steps of reckoning it may take, rounded up to some thousands
     * @param stop asked every few thousand steps
     */
    public Budget(int nodesMax, long stepsMax, BooleanSupplier stop) {
        this.nodesMax = nodesMax;
        this.stepsMax = stepsMax;
        this.stop = stop;
    }

    /** The most nodes at the same time. */
    public int nodesMax() {
        return nodesMax;
    }

    /** Counts one step. Throws {@link Exhausted} when it was the last. */
    void step() {
        if (--countdown == 0) {
            countdown = STEPS_BETWEEN_QUESTIONS;
            steps += STEPS_BETWEEN_QUESTIONS;
            if (steps > stepsMax || stop.getAsBoolean()) {
                throw new Exhausted();
            }
        }
    }

    /** Checks a number of nodes. Throws {@link Exhausted} when it is too many. */
    void check(int nodes) {
        if (nodes > nodesMax) {
            throw new Exhausted();
        }
    }
}
