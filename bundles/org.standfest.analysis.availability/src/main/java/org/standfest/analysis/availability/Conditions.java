package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Of one function, what still matters when some of its variables have a value. What the values that
 * are always the same settle is settled once. One thread.
 */
final class Conditions {

    private static final byte OPEN = -1;

    private final Formula formula;

    /** Nodes of the formula, arguments before what is made of them. */
    private final int[] nodes;

    private final int[][] arguments;
    private final int[][] parents;

    /** With what is always absent: 1 true, 0 false. */
    private final byte[] settled;

    /** The same with one more variable true. */
    private final byte[] values;

    private final boolean[] touched;
    private final boolean[] matters;
    private final BitSet open = new BitSet();

    /**
     * @param literal of which function
     * @param absent indices of the variables that are false
     */
    Conditions(Formula formula, int literal, BitSet absent) {
        this.formula = formula;
        nodes = Support.nodes(formula, literal);
        int n = nodes.length;
        arguments = new int[n][];
        parents = new int[n][];
        settled = new byte[n];
        values = new byte[n];
        touched = new boolean[n];
        matters = new boolean[n];
        int[] uses = new int[n];
        for (int i = 0; i < n; i++) {
            arguments[i] = new int[formula.arity(nodes[i])];
            for (int j = 0; j < arguments[i].length; j++) {
                int argument = formula.argument(nodes[i], j);
                int at = Arrays.binarySearch(nodes, 0, i, argument >>> 1);
                arguments[i][j] = 2 * at + (argument & 1);
                uses[at]++;
            }
            boolean gone = isVariable(i) && absent.get(formula.index(nodes[i]));
            settled[i] = gone ? 0 : OPEN;
            settled[i] = isVariable(i) ? settled[i] : value(i, settled);
        }
        Arrays.setAll(parents, i -> new int[uses[i]]);
        for (int i = 0; i < n; i++) {
            for (int argument : arguments[i]) {
                int at = argument >>> 1;
                parents[at][--uses[at]] = i;
            }
        }
    }

    private boolean isVariable(int at) {
        return formula.kind(nodes[at]) == Formula.Kind.VARIABLE;
    }

    /** The indices of the variables that matter while one more is true; until the next call. */
    BitSet matterGiven(int variable) {
        System.arraycopy(settled, 0, values, 0, values.length);
        int first = Arrays.binarySearch(nodes, formula.variable(variable) >>> 1);
        set(first, (byte) 1);
        for (int i = first + 1; i < nodes.length; i++) {
            if (touched[i]) {
                touched[i] = false;
                byte value = value(i, values);
                if (value != values[i]) {
                    set(i, value);
                }
            }
        }
        look();
        return open;
    }

    private void set(int at, byte value) {
        values[at] = value;
        for (int parent : parents[at]) {
            touched[parent] = true;
        }
    }

    private void look() {
        open.clear();
        Arrays.fill(matters, false);
        matters[nodes.length - 1] = true;
        for (int i = nodes.length - 1; i >= 0; i--) {
            if (!matters[i] || values[i] != OPEN) {
                continue;
            }
            if (isVariable(i)) {
                open.set(formula.index(nodes[i]));
            }
            for (int argument : arguments[i]) {
                matters[argument >>> 1] = true;
            }
        }
    }

    private byte value(int at, byte[] known) {
        int trues = 0;
        int falses = 0;
        for (int argument : arguments[at]) {
            int below = known[argument >>> 1];
            if (below != OPEN) {
                int is = below ^ (argument & 1);
                trues += is;
                falses += 1 - is;
            }
        }
        int arity = arguments[at].length;
        int threshold = formula.threshold(nodes[at]);
        int value =
                switch (formula.kind(nodes[at])) {
                    case CONSTANT -> 0;
                    case VARIABLE -> known[at];
                    case AND -> falses > 0 ? 0 : trues == arity ? 1 : OPEN;
                    case AT_LEAST -> trues >= threshold ? 1 : arity - falses < threshold ? 0 : OPEN;
                    case XOR -> trues + falses < arity ? OPEN : trues & 1;
                };
        return (byte) value;
    }
}
