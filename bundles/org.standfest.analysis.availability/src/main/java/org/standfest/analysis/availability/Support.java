package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;
import java.util.BitSet;

/** What a formula depends on. Stateless, safe for any thread. */
final class Support {

    private Support() {}

    /** The indices of the variables below a literal, ascending. */
    static int[] of(Formula formula, int literal) {
        BitSet variables = new BitSet();
        for (int node : nodes(formula, literal)) {
            if (formula.kind(node) == Formula.Kind.VARIABLE) {
                variables.set(formula.index(node));
            }
        }
        return variables.stream().toArray();
    }

    /** The nodes below a literal and its own, ascending: arguments before what is made of them. */
    static int[] nodes(Formula formula, int literal) {
        BitSet seen = new BitSet();
        int[] open = new int[64];
        int n = 0;
        open[n++] = literal >>> 1;
        seen.set(literal >>> 1);
        while (n > 0) {
            int node = open[--n];
            for (int i = 0; i < formula.arity(node); i++) {
                int below = formula.argument(node, i) >>> 1;
                if (!seen.get(below)) {
                    seen.set(below);
                    open = n == open.length ? Arrays.copyOf(open, 2 * n) : open;
                    open[n++] = below;
                }
            }
        }
        return seen.stream().toArray();
    }
}
