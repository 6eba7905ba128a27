package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;

/**
 * One module of a formula by itself. Nodes are numbered anew: first the leaves (variables and
 * modules further down), then gates, arguments before those who use them; the last is the root.
 * Literals are twice the number plus one when negated. Not changed any more.
 *
 * @param leaves the node of the formula that each leaf is
 * @param kinds what each gate is, counted from the first gate
 * @param thresholds for "at least", how many
 * @param arguments the literals of each gate
 */
record Part(int[] leaves, Formula.Kind[] kinds, int[] thresholds, int[][] arguments) {

    int leafCount() {
        return leaves.length;
    }

    /** Leaves and gates. */
    int size() {
        return leaves.length + kinds.length;
    }

    /** The arguments of a node; none for a leaf. */
    int[] argumentsOf(int node) {
        return node < leaves.length ? new int[0] : arguments[node - leaves.length];
    }

    int root() {
        return size() - 1;
    }

    /** How often each node is an argument; the root counts once more. */
    int[] uses() {
        int[] uses = new int[size()];
        uses[root()]++;
        for (int[] of : arguments) {
            for (int argument : of) {
                uses[argument >>> 1]++;
            }
        }
        return uses;
    }

    /**
     * Cuts a module out of a formula.
     *
     * @param isModule where to stop
     * @param flipped modules further down that were solved as their opposite
     * @param scratch zeros, one for each node of the formula; zeros again afterwards
     */
    static Part of(Formula f, int module, boolean[] isModule, boolean[] flipped, int[] scratch) {
        IntList gates = new IntList();
        IntList leaves = new IntList();
        IntList stack = new IntList();
        stack.add(module);
        scratch[module] = 1;
        while (stack.size() > 0) {
            int node = stack.removeLast();
            gates.add(node);
            for (int i = 0; i < f.arity(node); i++) {
                int child = f.argument(node, i) >>> 1;
                if (scratch[child] == 0) {
                    scratch[child] = 1;
                    if (isModule[child] || f.kind(child) == Formula.Kind.VARIABLE) {
                        leaves.add(child);
                    } else {
                        stack.add(child);
                    }
                }
            }
        }
        gates.sort();
        leaves.sort();
        number(leaves, 0, scratch);
        number(gates, leaves.size(), scratch);
        int n = gates.size();
        Formula.Kind[] kinds = new Formula.Kind[n];
        int[] thresholds = new int[n];
        int[][] arguments = new int[n][];
        for (int g = 0; g < n; g++) {
            int node = gates.get(g);
            kinds[g] = f.kind(node);
            thresholds[g] = f.threshold(node);
            arguments[g] = new int[f.arity(node)];
            for (int i = 0; i < arguments[g].length; i++) {
                int argument = f.argument(node, i);
                int sign = (argument & 1) ^ (flipped[argument >>> 1] ? 1 : 0);
                arguments[g][i] = 2 * scratch[argument >>> 1] | sign;
            }
        }
        clear(leaves, scratch);
        clear(gates, scratch);
        return new Part(leaves.toArray(), kinds, thresholds, arguments);
    }

    private static void number(IntList nodes, int first, int[] scratch) {
        for (int i = 0; i < nodes.size(); i++) {
            scratch[nodes.get(i)] = first + i;
        }
    }

    private static void clear(IntList nodes, int[] scratch) {
        for (int i = 0; i < nodes.size(); i++) {
            scratch[nodes.get(i)] = 0;
        }
    }

    /** Whether every leaf counts only one way: failures never help. */
    boolean isMonotone() {
        int[] seen = new int[size()];
        seen[root()] = 1;
        for (int node = root(); node >= leaves.length; node--) {
            int g = node - leaves.length;
            for (int argument : arguments[g]) {
                int ways = seen[node];
                if (kinds[g] == Formula.Kind.XOR) {
                    ways = 3;
                } else if ((argument & 1) != 0) {
                    ways = (ways & 1) << 1 | ways >> 1;
                }
                seen[argument >>> 1] |= ways;
            }
        }
        int all = 0;
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            all |= seen[leaf];
        }
        return all != 3;
    }
}
