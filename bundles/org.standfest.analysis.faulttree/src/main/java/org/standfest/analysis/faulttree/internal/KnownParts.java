package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Parts that were solved before, by how they are made and not by what their leaves stand for: in a
 * landscape of many services most modules are made alike. Keeps some 30 MB at most. Safe for any
 * thread.
 */
public final class KnownParts {

    private static final int NODES_OF_ONE_MOST = 1 << 14;
    private static final int NODES_MOST = 1 << 20;

    private final Map<Shape, Solution> known = new HashMap<>();
    private int nodes;

    /** How a part is made. */
    private record Shape(int leaves, Formula.Kind[] kinds, int[] thresholds, int[][] arguments) {

        static Shape of(Part part) {
            return new Shape(part.leafCount(), part.kinds(), part.thresholds(), part.arguments());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shape that
                    && leaves == that.leaves
                    && Arrays.equals(kinds, that.kinds)
                    && Arrays.equals(thresholds, that.thresholds)
                    && Arrays.deepEquals(arguments, that.arguments);
        }

        @Override
        public int hashCode() {
            int gates = 31 * Arrays.hashCode(kinds) + Arrays.hashCode(thresholds);
            return 31 * (31 * leaves + gates) + Arrays.deepHashCode(arguments);
        }
    }

    synchronized Optional<Solution> find(Part part) {
        return Optional.ofNullable(known.get(Shape.of(part)));
    }

    synchronized void keep(Part part, Solution solution) {
        int more = part.size() + solution.diagram().size();
        if (more > NODES_OF_ONE_MOST) {
            return;
        }
        if (nodes + more > NODES_MOST) {
            known.clear();
            nodes = 0;
        }
        nodes += more;
        known.put(Shape.of(part), solution);
    }
}
