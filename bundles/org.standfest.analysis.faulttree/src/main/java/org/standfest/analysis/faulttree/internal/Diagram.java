package org.standfest.analysis.faulttree.internal;

/**
 * A finished decision diagram: nodes in an order in which children come first; node 0 is the
 * terminal. Edges as in {@link Bdd}. Not changed any more, safe for any thread.
 *
 * @param levels the level of each node
 * @param lows where each node leads when its variable is false; never complemented
 * @param highs where each node leads when its variable is true
 * @param root the edge that stands for the function
 */
public record Diagram(int[] levels, int[] lows, int[] highs, int root) {

    /** How many nodes there are, the terminal included. */
    int size() {
        return levels.length;
    }

    /** The same with the function that is false when all variables are. */
    Diagram regular() {
        return (root & 1) == 0 ? this : new Diagram(levels, lows, highs, root ^ 1);
    }
}
