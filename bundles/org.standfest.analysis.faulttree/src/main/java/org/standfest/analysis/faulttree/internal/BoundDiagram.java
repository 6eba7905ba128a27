package org.standfest.analysis.faulttree.internal;

import java.util.random.RandomGenerator;

/**
 * A decision diagram of a part with the probabilities of its leaves: draws states of the leaves in
 * which its function has a wanted value. Immutable, safe for any thread.
 */
final class BoundDiagram {

    private final Diagram diagram;
    private final int[] order;
    private final double[] p;
    private final double[] q;
    private final double[] isTrue;
    private final double[] isFalse;

    /**
     * @param order the leaf of each level
     * @param p probability of the leaf of each level
     * @param q one minus that
     */
    BoundDiagram(Diagram diagram, int[] order, double[] p, double[] q) {
        this.diagram = diagram;
        this.order = order.clone();
        this.p = p.clone();
        this.q = q.clone();
        isTrue = new double[diagram.size()];
        isFalse = new double[diagram.size()];
        isFalse[0] = 1;
        for (int node = 1; node < isTrue.length; node++) {
            int level = diagram.levels()[node];
            int low = diagram.lows()[node];
            int high = diagram.highs()[node];
            isTrue[node] = q[level] * value(low, true) + p[level] * value(high, true);
            isFalse[node] = q[level] * value(low, false) + p[level] * value(high, false);
        }
    }

    /** The probability that what an edge leads to has a value. */
    private double value(int edge, boolean wanted) {
        return wanted == ((edge & 1) == 0) ? isTrue[edge >>> 1] : isFalse[edge >>> 1];
    }

    /** Whether the function has the value with some probability. */
    boolean canBe(boolean wanted) {
        return value(diagram.root(), wanted) > 0;
    }

    /**
     * Draws the leaves given that the function has a value, which must have a probability.
     *
     * @param into the value of each leaf
     */
    void draw(boolean wanted, RandomGenerator random, boolean[] into) {
        for (int level = 0; level < order.length; level++) {
            into[order[level]] = random.nextDouble() < p[level];
        }
        int edge = diagram.root();
        while (edge >>> 1 != 0) {
            int node = edge >>> 1;
            int sign = edge & 1;
            int level = diagram.levels()[node];
            int low = diagram.lows()[node] ^ sign;
            int high = diagram.highs()[node] ^ sign;
            double up = p[level] * value(high, wanted);
            double all = up + q[level] * value(low, wanted);
            boolean set = random.nextDouble() * all < up;
            into[order[level]] = set;
            edge = set ? high : low;
        }
    }
}
