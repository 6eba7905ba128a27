package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** What a formula depends on. Stateless, safe for any thread. */
final class Support {

    private Support() {}

    /** The indices of the variables below a literal, ascending. */
    static int[] of(Formula formula, int literal) {
        BitSet seen = new BitSet();
        BitSet variables = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.push(literal >>> 1);
        while (!open.isEmpty()) {
            int node = open.pop();
            if (seen.get(node)) {
                continue;
            }
            seen.set(node);
            if (formula.kind(node) == Formula.Kind.VARIABLE) {
                variables.set(formula.index(node));
            }
            for (int i = 0; i < formula.arity(node); i++) {
                open.push(formula.argument(node, i) >>> 1);
            }
        }
        return variables.stream().toArray();
    }
}
