package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Simplifier.Rooted;

import java.util.Arrays;

/**
 * Arguments of a conjunction that share variables become one conjunction inside it: what they share
 * with nothing else makes that a module. Stateless.
 */
final class Grouping {

    /** Larger formulas stay as they are: the sets of variables would cost more than they bring. */
    private static final int NODES_MOST = 4000;

    private Grouping() {}

    static Rooted grouped(Rooted whole) {
        Formula old = whole.formula();
        int nodes = whole.rootNode() + 1;
        if (nodes > NODES_MOST) {
            return whole;
        }
        int[] fanOut = Simplifier.fanOut(whole);
        long[][] below = new long[nodes][];
        int[] now = new int[nodes];
        int[] owner = new int[old.variables()];
        Formula made = new Formula();
        for (int node = 1; node < nodes; node++) {
            if (fanOut[node] == 0) {
                continue;
            }
            int arity = old.arity(node);
            below[node] = new long[old.variables() + 63 >>> 6];
            int[] literals = new int[arity];
            for (int i = 0; i < arity; i++) {
                int argument = old.argument(node, i);
                literals[i] = now[argument >>> 1] ^ argument & 1;
                long[] inner = below[argument >>> 1];
                for (int word = 0; word < inner.length; word++) {
                    below[node][word] |= inner[word];
                }
            }
            if (old.kind(node) == Formula.Kind.VARIABLE) {
                below[node][old.index(node) >>> 6] |= 1L << old.index(node);
            } else if (old.kind(node) == Formula.Kind.AND && arity > 2) {
                literals = nested(literals, groups(old, node, below, owner), made);
            }
            now[node] = Simplifier.remade(old, node, literals, made);
        }
        return new Rooted(made, now[whole.rootNode()] ^ whole.root() & 1);
    }

    /** For each argument the first one that it is tied to by shared variables. */
    private static int[] groups(Formula f, int node, long[][] below, int[] owner) {
        int[] first = new int[f.arity(node)];
        Arrays.fill(owner, -1);
        for (int i = 0; i < first.length; i++) {
            first[i] = i;
            long[] mine = below[f.argument(node, i) >>> 1];
            for (int word = 0; word < mine.length; word++) {
                for (long left = mine[word]; left != 0; left &= left - 1) {
                    int variable = 64 * word + Long.numberOfTrailingZeros(left);
                    if (owner[variable] >= 0) {
                        int a = leader(first, owner[variable]);
                        int b = leader(first, i);
                        first[Math.max(a, b)] = Math.min(a, b);
                    }
                    owner[variable] = i;
                }
            }
        }
        for (int i = 0; i < first.length; i++) {
            first[i] = leader(first, i);
        }
        return first;
    }

    private static int leader(int[] first, int argument) {
        int at = argument;
        while (first[at] != at) {
            at = first[at];
        }
        return at;
    }

    private static int[] nested(int[] literals, int[] first, Formula made) {
        int[] result = new int[literals.length];
        int n = 0;
        for (int leader = 0; leader < literals.length; leader++) {
            int[] members = new int[literals.length];
            int count = 0;
            for (int i = 0; i < literals.length; i++) {
                if (first[i] == leader) {
                    members[count++] = literals[i];
                }
            }
            if (count == literals.length) {
                return literals;
            }
            if (count > 0) {
                result[n++] = made.and(Arrays.copyOf(members, count));
            }
        }
        return Arrays.copyOf(result, n);
    }
}
