package org.standfest.analysis.faulttree.internal;

/**
 * A finished family of sets as a zero-suppressed diagram: children come first; node 0 is the empty
 * family, node 1 the family with only the empty set. Not changed any more, safe for any thread.
 *
 * @param levels the level of each node
 * @param withouts the sets that lack the node's level
 * @param withs the sets that have it, it being taken out
 * @param root the node that stands for the family
 */
public record Family(int[] levels, int[] withouts, int[] withs, int root) {

    /** How many nodes there are, the two terminals included. */
    int size() {
        return levels.length;
    }
}
