package org.standfest.analysis.markov;

import java.util.BitSet;

/**
 * Finds the set of states that, once entered, is never left: Tarjan's strongly connected components
 * (SIAM Journal on Computing 1, 1972), written without recursion because chains are long.
 */
final class ClosedStates {

    private final MarkovChain chain;
    private final int[] order;
    private final int[] low;
    private final int[] component;
    private final int[] path;
    private final int[] place;
    private final int[] stack;
    private int pathLength;
    private int stackLength;
    private int visited;
    private int components;

    private ClosedStates(MarkovChain chain) {
        this.chain = chain;
        int states = chain.states();
        order = new int[states];
        low = new int[states];
        component = new int[states];
        path = new int[states];
        place = new int[states];
        stack = new int[states];
    }

    /**
     * The one closed set.
     *
     * @throws IllegalArgumentException when there are several
     */
    static BitSet of(MarkovChain chain) {
        ClosedStates search = new ClosedStates(chain);
        for (int state = 0; state < chain.states(); state++) {
            if (search.order[state] == 0) {
                search.visit(state);
            }
        }
        return search.onlyClosed();
    }

    private BitSet onlyClosed() {
        BitSet left = new BitSet(components + 1);
        chain.forEach(
                (from, to, rate) -> {
                    if (component[from] != component[to]) {
                        left.set(component[from]);
                    }
                });
        int closed = left.nextClearBit(1);
        if (left.nextClearBit(closed + 1) <= components) {
            throw new IllegalArgumentException("several closed sets of states");
        }
        BitSet states = new BitSet(chain.states());
        for (int state = 0; state < chain.states(); state++) {
            states.set(state, component[state] == closed);
        }
        return states;
    }

    private void visit(int start) {
        enter(start);
        while (pathLength > 0) {
            int state = path[pathLength - 1];
            if (place[state] < chain.firstOf(state + 1)) {
                int next = chain.targetAt(place[state]++);
                if (order[next] == 0) {
                    enter(next);
                } else if (component[next] == 0) {
                    low[state] = Math.min(low[state], order[next]);
                }
            } else {
                leave(state);
            }
        }
    }

    private void enter(int state) {
        order[state] = ++visited;
        low[state] = visited;
        place[state] = chain.firstOf(state);
        path[pathLength++] = state;
        stack[stackLength++] = state;
    }

    private void leave(int state) {
        pathLength--;
        if (pathLength > 0) {
            int before = path[pathLength - 1];
            low[before] = Math.min(low[before], low[state]);
        }
        if (low[state] == order[state]) {
            components++;
            int member;
            do {
                member = stack[--stackLength];
                component[member] = components;
            } while (member != state);
        }
    }
}
