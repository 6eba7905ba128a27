package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;

/**
 * Builds a bound of a part's function: as {@link PartCompiler}, but diagrams that grow too large
 * are rounded to the wanted side. The result is exact where nothing was rounded. One thread, used
 * once.
 */
final class PartBounds {

    private static final int BOTH_WAYS = 3;
    private static final int FIRST_COLLECTION = 1 << 17;

    private final Part part;
    private final boolean up;
    private final Bdd bdd;
    private final Rounding rounding;
    private final int[] level;
    private final int[] ways;
    private final double[] pulls;
    private final double tolerance;
    private final int[] edges;
    private final int[] uses;
    private int collectAt;
    private final int[] order;
    private final double[][] byLevel;
    private boolean rounded;

    /**
     * @param order the leaves from the top level down
     * @param probabilities of each leaf, on the side that the bound asks for; their complements
     * @param ways from {@link #ways}
     * @param pulls what a loss of each node's probability counts
     * @param tolerance what all roundings together may lose, about
     * @param nodesMax how many nodes a diagram may have
     * @param up whether the bound is one from above
     */
    PartBounds(
            Part part,
            int[] order,
            double[][] probabilities,
            int[] ways,
            double[] pulls,
            double tolerance,
            boolean up,
            int nodesMax,
            Budget budget) {
        this.part = part;
        this.up = up;
        this.ways = ways;
        this.pulls = pulls;
        this.tolerance = tolerance;
        bdd = new Bdd(budget, 4 * part.size());
        level = new int[order.length];
        this.order = order;
        byLevel = new double[2][order.length];
        for (int i = 0; i < order.length; i++) {
            level[order[i]] = i;
            byLevel[0][i] = probabilities[0][order[i]];
            byLevel[1][i] = probabilities[1][order[i]];
        }
        rounding = new Rounding(bdd, byLevel[0], byLevel[1], nodesMax);
        edges = new int[part.size()];
        uses = part.uses();
        collectAt = Math.max(FIRST_COLLECTION, 2 * nodesMax);
    }

    /** In which directions each node moves the root: 1 the same, 2 the opposite, 3 both. */
    static int[] ways(Part part) {
        int[] ways = new int[part.size()];
        ways[part.root()] = 1;
        for (int node = part.root(); node >= part.leafCount(); node--) {
            for (int argument : part.argumentsOf(node)) {
                int seen = ways[node];
                if (part.kinds()[node - part.leafCount()] == Formula.Kind.XOR) {
                    seen = BOTH_WAYS;
                } else if ((argument & 1) != 0) {
                    seen = (seen & 1) << 1 | seen >> 1;
                }
                ways[argument >>> 1] |= seen;
            }
        }
        return ways;
    }

    /** The probability of the bound, and its complement. Throws {@link Budget.Exhausted}. */
    double[] compile() {
        int leaves = part.leafCount();
        for (int leaf = 0; leaf < leaves; leaf++) {
            edges[leaf] = bdd.variable(level[leaf]);
        }
        for (int node = leaves; node < part.size(); node++) {
            edges[node] = gate(node);
            for (int argument : part.argumentsOf(node)) {
                uses[argument >>> 1]--;
            }
        }
        return rounding.probability(edges[part.root()]);
    }

    /** What was compiled, by itself. */
    BoundDiagram diagram() {
        Diagram diagram = bdd.export(edges[part.root()]);
        return new BoundDiagram(diagram, order, byLevel[0], byLevel[1]);
    }

    /** Whether anything was rounded. */
    boolean isRounded() {
        return rounded;
    }

    private int gate(int node) {
        int[] arguments = part.argumentsOf(node);
        long[] keyed = new long[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            int edge = edges[arguments[i] >>> 1] ^ arguments[i] & 1;
            keyed[i] = (long) -bdd.level(edge) << 32 | edge;
        }
        Arrays.sort(keyed);
        int[] inner = new int[arguments.length];
        for (int i = 0; i < inner.length; i++) {
            inner[i] = (int) keyed[i];
        }
        int gate = node - part.leafCount();
        return switch (part.kinds()[gate]) {
            case AND -> conjunction(node, inner);
            case XOR -> bdd.xor(inner[0], inner[1]);
            case AT_LEAST -> atLeast(node, part.thresholds()[gate], inner);
            case CONSTANT, VARIABLE -> throw new IllegalStateException("not a gate");
        };
    }

    private int rounded(int node, int edge) {
        if (ways[node] == BOTH_WAYS) {
            return edge;
        }
        double share = tolerance / part.kinds().length / part.argumentsOf(node).length;
        int result = rounding.round(edge, up == (ways[node] == 1), pulls[node], share);
        rounded |= result != edge;
        return result;
    }

    private int conjunction(int node, int[] inner) {
        int result = Bdd.TRUE;
        for (int i = 0; i < inner.length; i++) {
            result = rounded(node, bdd.and(result, inner[i]));
            if (bdd.size() > collectAt) {
                tidy(result, inner, i + 1);
            }
        }
        return result;
    }

    private int atLeast(int node, int k, int[] inner) {
        int[] reached = new int[k + 1];
        reached[0] = Bdd.TRUE;
        for (int i = 0; i < inner.length; i++) {
            int lowest = Math.max(1, k - (inner.length - 1 - i));
            for (int j = Math.min(k, i + 1); j >= lowest; j--) {
                int more = bdd.or(reached[j], bdd.and(inner[i], reached[j - 1]));
                reached[j] = rounded(node, more);
            }
        }
        return reached[k];
    }

    /** Keeps what gates to come use, the result so far, and the arguments still to be met. */
    private void tidy(int result, int[] inner, int from) {
        int[] roots = new int[edges.length + 1 + inner.length];
        int n = 0;
        for (int node = 0; node < edges.length; node++) {
            if (uses[node] > 0) {
                roots[n++] = edges[node];
            }
        }
        roots[n++] = result;
        for (int i = from; i < inner.length; i++) {
            roots[n++] = inner[i];
        }
        bdd.collect(roots, n);
        collectAt = Math.max(collectAt, 2 * bdd.size());
    }
}
