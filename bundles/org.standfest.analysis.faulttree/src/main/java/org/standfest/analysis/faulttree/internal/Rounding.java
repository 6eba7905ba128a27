package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/**
 * Makes functions of a decision diagram smaller by moving them to one side: a function that is
 * never true where the given one is false (down), or the other way round (up). What is reached with
 * the least probability is replaced by a constant first (after Ravi and Somenzi's subsetting, 1995,
 * with the probability as weight). One thread.
 */
final class Rounding {

    private static final int SMALL = 200;

    private final Bdd bdd;
    private final double[] probabilities;
    private final double[] complements;
    private final int nodesMax;

    private int[] number = new int[0];
    private int[] edges = new int[1024];
    private int count;
    private double[] weight;
    private double[] isTrue;
    private double[] isFalse;

    /**
     * @param probabilities of the variable of each level
     * @param complements one minus that
     * @param nodesMax how many nodes a function may have
     */
    Rounding(Bdd bdd, double[] probabilities, double[] complements, int nodesMax) {
        this.bdd = bdd;
        this.probabilities = probabilities;
        this.complements = complements;
        this.nodesMax = nodesMax;
    }

    /**
     * The function or, where it is not small, one on the wanted side of it.
     *
     * @param pull what a loss of probability counts
     * @param tolerance what may be lost by that count; more only where the function would be too
     *     large
     */
    int round(int edge, boolean up, double pull, double tolerance) {
        if (edge <= Bdd.TRUE || !gather(edge, SMALL)) {
            return edge;
        }
        gather(edge, Integer.MAX_VALUE);
        sortByLevel();
        weigh();
        double[] loss = new double[count];
        for (int i = 0; i < count; i++) {
            loss[i] = pull * weight[i] * (up ? isFalse[i] : isTrue[i]);
        }
        double[] sorted = loss.clone();
        Arrays.sort(sorted);
        int dropped = 0;
        double sum = 0;
        while (dropped < count - 1
                && (count - dropped > nodesMax || sum + sorted[dropped] <= tolerance)) {
            sum += sorted[dropped++];
        }
        return dropped == 0 ? edge : rebuilt(loss, sorted[dropped], up)[0];
    }

    /** The probability of a function, and that of its opposite. */
    double[] probability(int edge) {
        if (edge <= Bdd.TRUE) {
            return new double[] {edge, 1 - edge};
        }
        gather(edge, Integer.MAX_VALUE);
        sortByLevel();
        weigh();
        return new double[] {isTrue[0], isFalse[0]};
    }

    /** Numbers what an edge leads to, each sign by itself; whether there is more than allowed. */
    private boolean gather(int root, int max) {
        if (number.length < 2 * bdd.reserved()) {
            number = new int[2 * bdd.reserved()];
        }
        count = 0;
        add(root);
        boolean more = false;
        for (int i = 0; i < count && !more; i++) {
            int edge = edges[i];
            add(bdd.low(edge));
            add(bdd.high(edge));
            more = count > max;
        }
        for (int i = 0; i < count; i++) {
            number[edges[i]] = 0;
        }
        return more;
    }

    private void add(int edge) {
        if (edge > Bdd.TRUE && number[edge] == 0) {
            if (count == edges.length) {
                edges = Arrays.copyOf(edges, 2 * count);
            }
            edges[count++] = edge;
            number[edge] = count;
        }
    }

    private void sortByLevel() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (long) bdd.level(edges[i]) << 32 | edges[i];
        }
        Arrays.sort(keys);
        for (int i = 0; i < count; i++) {
            edges[i] = (int) keys[i];
        }
    }

    /** How probably each is reached from the first, and how probably it is true and false. */
    private void weigh() {
        weight = new double[count];
        isTrue = new double[count];
        isFalse = new double[count];
        for (int i = 0; i < count; i++) {
            number[edges[i]] = i + 1;
        }
        for (int i = count - 1; i >= 0; i--) {
            double p = probabilities[bdd.level(edges[i])];
            double q = complements[bdd.level(edges[i])];
            int low = bdd.low(edges[i]);
            int high = bdd.high(edges[i]);
            isTrue[i] = q * trueOf(low) + p * trueOf(high);
            isFalse[i] = q * falseOf(low) + p * falseOf(high);
        }
        weight[0] = 1;
        for (int i = 0; i < count; i++) {
            double p = probabilities[bdd.level(edges[i])];
            double q = complements[bdd.level(edges[i])];
            pass(bdd.low(edges[i]), weight[i] * q);
            pass(bdd.high(edges[i]), weight[i] * p);
        }
        for (int i = 0; i < count; i++) {
            number[edges[i]] = 0;
        }
    }

    private double trueOf(int edge) {
        return edge <= Bdd.TRUE ? edge : isTrue[number[edge] - 1];
    }

    private double falseOf(int edge) {
        return edge <= Bdd.TRUE ? 1 - edge : isFalse[number[edge] - 1];
    }

    private void pass(int edge, double share) {
        if (edge > Bdd.TRUE) {
            weight[number[edge] - 1] += share;
        }
    }

    /** The functions again, those whose loss is below the limit as constants. */
    private int[] rebuilt(double[] loss, double limit, boolean up) {
        boolean[] needed = new boolean[count];
        needed[0] = true;
        for (int i = 0; i < count; i++) {
            number[edges[i]] = i + 1;
        }
        for (int i = 0; i < count; i++) {
            if (needed[i] && loss[i] >= limit) {
                need(bdd.low(edges[i]), needed);
                need(bdd.high(edges[i]), needed);
            }
        }
        int[] made = new int[count];
        for (int i = count - 1; i >= 0; i--) {
            if (!needed[i]) {
                continue;
            }
            made[i] =
                    loss[i] < limit
                            ? up ? Bdd.TRUE : Bdd.FALSE
                            : bdd.make(
                                    bdd.level(edges[i]),
                                    madeOf(bdd.low(edges[i]), made),
                                    madeOf(bdd.high(edges[i]), made));
        }
        for (int i = 0; i < count; i++) {
            number[edges[i]] = 0;
        }
        return made;
    }

    private void need(int edge, boolean[] needed) {
        if (edge > Bdd.TRUE) {
            needed[number[edge] - 1] = true;
        }
    }

    private int madeOf(int edge, int[] made) {
        return edge <= Bdd.TRUE ? edge : made[number[edge] - 1];
    }
}
