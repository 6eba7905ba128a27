package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Module.Range;

import java.util.Arrays;

/**
 * Bounds in one pass over the gates, for when there is no time for diagrams. Where no leaf counts
 * both ways the gates' arguments are associated (Esary, Proschan, Walkup 1967): all of them are
 * true at least with the product of their probabilities; otherwise Fréchet's bounds hold. One
 * thread, used once.
 */
final class QuickBounds {

    private static final int BOTH_WAYS = 3;
    private static final double ROUNDING = 1e-12;

    private final Part part;
    private final boolean associated;
    private final double[] lower;
    private final double[] notLower;
    private final double[] upper;
    private final double[] notUpper;

    private QuickBounds(Part part, Range[] leaves, int[] ways) {
        this.part = part;
        associated = Arrays.stream(ways).noneMatch(it -> it == BOTH_WAYS);
        lower = new double[part.size()];
        notLower = new double[part.size()];
        upper = new double[part.size()];
        notUpper = new double[part.size()];
        for (int i = 0; i < leaves.length; i++) {
            lower[i] = leaves[i].lower();
            notLower[i] = leaves[i].notLower();
            upper[i] = leaves[i].upper();
            notUpper[i] = leaves[i].notUpper();
        }
    }

    /** The bounds of a part's root. */
    static Range of(Part part, Range[] leaves, int[] ways) {
        QuickBounds bounds = new QuickBounds(part, leaves, ways);
        for (int node = leaves.length; node < part.size(); node++) {
            bounds.gate(node);
        }
        int root = part.root();
        return new Range(
                bounds.lower[root],
                bounds.notLower[root],
                bounds.upper[root],
                bounds.notUpper[root],
                null,
                null);
    }

    private void gate(int node) {
        int[] arguments = part.argumentsOf(node);
        int gate = node - part.leafCount();
        int n = arguments.length;
        if (part.kinds()[gate] == Formula.Kind.XOR) {
            notLower[node] = 1;
            upper[node] = 1;
            return;
        }
        int k = part.kinds()[gate] == Formula.Kind.AND ? n : part.thresholds()[gate];
        double[] above = new double[n];
        double[] below = new double[n];
        double[] notAtLeast = new double[n];
        double[] notAtMost = new double[n];
        for (int i = 0; i < n; i++) {
            int inner = arguments[i] >>> 1;
            boolean plain = (arguments[i] & 1) == 0;
            notAtLeast[i] = plain ? notLower[inner] : upper[inner];
            below[i] = plain ? lower[inner] : notUpper[inner];
            above[i] = plain ? upper[inner] : notLower[inner];
            notAtMost[i] = plain ? notUpper[inner] : lower[inner];
        }
        // Any k of them suffice: the likeliest ones; n - k + 1 that are not true forbid it.
        notLower[node] = notAll(notAtLeast, k);
        lower[node] = Math.max(1 - notLower[node] - ROUNDING, all(below, k));
        upper[node] = Math.min(notAll(above, n - k + 1), mean(above, k));
        notUpper[node] = Math.max(1 - upper[node] - ROUNDING, all(notAtMost, n - k + 1));
        if (k == n) {
            upper[node] = Math.min(upper[node], Arrays.stream(above).min().orElse(1));
            notUpper[node] = Math.max(notUpper[node], Arrays.stream(notAtMost).max().orElse(0));
        }
    }

    /** How probably not all of the best few are true, at most; from how probably each is not. */
    private double notAll(double[] not, int few) {
        double[] sorted = not.clone();
        Arrays.sort(sorted);
        double found = 0;
        for (int i = 0; i < few; i++) {
            found += associated ? sorted[i] * (1 - found) : sorted[i];
        }
        return Math.min(1, found);
    }

    /** How probably all of the best few are true, at least. */
    private double all(double[] each, int few) {
        double[] sorted = each.clone();
        Arrays.sort(sorted);
        double product = 1;
        for (int i = 0; i < few; i++) {
            product *= sorted[each.length - 1 - i];
        }
        return associated || few == 1 ? product : 0;
    }

    /** Markov's inequality: the mean number of true ones over how many are needed. */
    private static double mean(double[] above, int k) {
        return Math.min(1, Arrays.stream(above).sum() / k);
    }
}
