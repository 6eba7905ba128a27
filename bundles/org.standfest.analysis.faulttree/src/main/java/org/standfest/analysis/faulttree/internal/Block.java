package org.standfest.analysis.faulttree.internal;

import java.util.Optional;

/**
 * One solved module. Its value is true when the function of the diagram's root is; the root is
 * regular, so that it is false when nothing has failed.
 *
 * @param sources for each level what decides there: a variable's index, or {@code ~} of a block's
 * @param solution the decision diagram
 */
public record Block(int[] sources, Solution solution) {

    /** A block that is just one variable. */
    static Block single(int variable) {
        int[] levels = {Bdd.TERMINAL_LEVEL, 0};
        Diagram diagram = new Diagram(levels, new int[2], new int[] {0, Bdd.TRUE}, 2);
        return new Block(new int[] {variable}, new Solution(new int[] {0}, diagram, true));
    }

    /** The decision diagram. */
    public Diagram diagram() {
        return solution.diagram();
    }

    /** Whether a failure never helps. */
    public boolean monotone() {
        return solution.isMonotone();
    }

    /**
     * The minimal cut sets of the block, in terms of its sources; nothing beyond the budget.
     *
     * @param negated take the opposite of the block
     */
    public Optional<Family> family(boolean negated, Budget budget) {
        return negated ? solution.familyOfOpposite(budget) : solution.family(budget);
    }
}
