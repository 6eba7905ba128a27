package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** What a formula depends on. Stateless, safe for any thread. */
final class Support {

    private static final byte OPEN = -1;

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

    /**
     * The indices of the variables that still matter when some have a value, ascending.
     *
     * @param nodes those below the last of them, which is asked for ({@link #nodes})
     * @param known room for a value of each node
     * @param values of a variable by its index: 1 true, 0 false, below 0 open
     */
    static int[] given(Formula formula, int[] nodes, byte[] known, IntUnaryOperator values) {
        for (int node : nodes) {
            known[node] = value(formula, node, known, values);
        }
        BitSet matter = new BitSet();
        BitSet variables = new BitSet();
        matter.set(nodes[nodes.length - 1]);
        for (int i = nodes.length - 1; i >= 0; i--) {
            int node = nodes[i];
            if (!matter.get(node) || known[node] != OPEN) {
                continue;
            }
            if (formula.kind(node) == Formula.Kind.VARIABLE) {
                variables.set(formula.index(node));
            }
            for (int j = 0; j < formula.arity(node); j++) {
                matter.set(formula.argument(node, j) >>> 1);
            }
        }
        return variables.stream().toArray();
    }

    private static byte value(Formula formula, int node, byte[] known, IntUnaryOperator values) {
        int trues = 0;
        int falses = 0;
        int arity = formula.arity(node);
        for (int i = 0; i < arity; i++) {
            int argument = formula.argument(node, i);
            int below = known[argument >>> 1];
            if (below != OPEN) {
                boolean is = (below ^ (argument & 1)) == 1;
                trues += is ? 1 : 0;
                falses += is ? 0 : 1;
            }
        }
        int value =
                switch (formula.kind(node)) {
                    case CONSTANT -> 0;
                    case VARIABLE -> Math.max(OPEN, values.applyAsInt(formula.index(node)));
                    case AND -> falses > 0 ? 0 : trues == arity ? 1 : OPEN;
                    case AT_LEAST ->
                            trues >= formula.threshold(node)
                                    ? 1
                                    : arity - falses < formula.threshold(node) ? 0 : OPEN;
                    case XOR -> trues + falses < arity ? OPEN : trues & 1;
                };
        return (byte) value;
    }
}
