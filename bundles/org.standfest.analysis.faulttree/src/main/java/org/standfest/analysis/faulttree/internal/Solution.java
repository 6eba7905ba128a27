package org.standfest.analysis.faulttree.internal;

import java.util.Optional;

/**
 * The decision diagram of a part, and its minimal cut sets once they were asked for. What its
 * leaves stand for is not said here, so that parts that are made alike share one. Safe for any
 * thread.
 */
final class Solution {

    private final int[] order;
    private final Diagram diagram;
    private final boolean turned;
    private final boolean monotone;
    private Family family;

    /**
     * @param order the leaves from the top level down
     * @param diagram of the part
     * @param monotone whether every leaf counts only one way
     */
    Solution(int[] order, Diagram diagram, boolean monotone) {
        this.order = order;
        this.diagram = diagram.regular();
        this.monotone = monotone;
        turned = (diagram.root() & 1) != 0;
    }

    /** The leaves from the top level down. Not to be changed. */
    int[] order() {
        return order;
    }

    /** False when all leaves are. */
    Diagram diagram() {
        return diagram;
    }

    /** Whether the diagram is that of the part's opposite. */
    boolean isTurned() {
        return turned;
    }

    boolean isMonotone() {
        return monotone;
    }

    /** The minimal cut sets of the diagram, in terms of its levels; nothing beyond the budget. */
    synchronized Optional<Family> family(Budget budget) {
        if (family == null) {
            family = found(diagram.root(), monotone, budget).orElse(null);
        }
        return Optional.ofNullable(family);
    }

    /** The same of the diagram's opposite. */
    Optional<Family> familyOfOpposite(Budget budget) {
        return found(diagram.root() ^ 1, false, budget);
    }

    private Optional<Family> found(int root, boolean oneWay, Budget budget) {
        try {
            Zbdd zbdd = new Zbdd(budget, diagram.size());
            return Optional.of(zbdd.export(zbdd.minimalSolutions(diagram, root, oneWay)));
        } catch (Budget.Exhausted over) {
            return Optional.empty();
        }
    }
}
