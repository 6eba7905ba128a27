package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/**
 * Zero-suppressed decision diagrams (Minato 1993) for families of minimal cut sets, and Rauzy's
 * decomposition (1993) that gets them from a decision diagram. Node 0 is the empty family, node 1
 * the family with only the empty set. One thread.
 */
final class Zbdd {

    static final int EMPTY = 0;
    static final int UNIT = 1;

    private static final int STRIDE = 4;
    private static final int CACHE_MAX = 1 << 22;

    private final Budget budget;
    private int[] nodes;
    private int capacity;
    private int used = 2;
    private int[] buckets;
    private int[] cache;

    Zbdd(Budget budget, int expectedNodes) {
        this.budget = budget;
        capacity = Integer.highestOneBit(Math.max(16, expectedNodes - 1)) * 2;
        nodes = new int[STRIDE * capacity];
        buckets = new int[capacity];
        cache = new int[STRIDE * Math.min(CACHE_MAX, capacity)];
        nodes[0] = Bdd.TERMINAL_LEVEL;
        nodes[STRIDE] = Bdd.TERMINAL_LEVEL;
    }

    int size() {
        return used;
    }

    int level(int node) {
        return nodes[STRIDE * node];
    }

    int without(int node) {
        return nodes[STRIDE * node + 1];
    }

    int with(int node) {
        return nodes[STRIDE * node + 2];
    }

    /** The minimal solutions of a diagram: positive parts of its prime implicants. */
    int minimalSolutions(Diagram diagram, int root, boolean monotone) {
        int[] memo = new int[2 * diagram.size()];
        Arrays.fill(memo, -1);
        memo[Bdd.FALSE] = EMPTY;
        memo[Bdd.TRUE] = UNIT;
        return minimal(diagram, root, monotone, memo);
    }

    private int minimal(Diagram diagram, int edge, boolean monotone, int[] memo) {
        if (memo[edge] >= 0) {
            return memo[edge];
        }
        int sign = edge & 1;
        int node = edge >>> 1;
        int lowEdge = diagram.lows()[node] ^ sign;
        int highEdge = diagram.highs()[node] ^ sign;
        int low = minimal(diagram, lowEdge, monotone, memo);
        int result;
        if (low == UNIT) {
            result = UNIT;
        } else {
            int high = minimal(diagram, highEdge, monotone, memo);
            int rest = monotone ? unsolved(high, diagram, lowEdge) : lacking(high, low);
            result = make(diagram.levels()[node], low, rest);
        }
        memo[edge] = result;
        return result;
    }

    /** The sets of a family that do not make a monotone function true. */
    private int unsolved(int family, Diagram diagram, int edge) {
        if (family == EMPTY || edge == Bdd.TRUE) {
            return EMPTY;
        }
        if (edge == Bdd.FALSE || family == UNIT) {
            return family;
        }
        int hash = Bdd.mix(family, edge);
        int slot = STRIDE * (hash & (cache.length / STRIDE - 1));
        if (cache[slot] == family && cache[slot + 1] == edge) {
            return cache[slot + 2];
        }
        budget.step();
        int bddNode = edge >>> 1;
        int familyLevel = level(family);
        int functionLevel = diagram.levels()[bddNode];
        int result;
        if (familyLevel > functionLevel) {
            result = unsolved(family, diagram, diagram.lows()[bddNode]);
        } else if (familyLevel < functionLevel) {
            int low = unsolved(without(family), diagram, edge);
            result = make(familyLevel, low, unsolved(with(family), diagram, edge));
        } else {
            int low = unsolved(without(family), diagram, diagram.lows()[bddNode]);
            int high = unsolved(with(family), diagram, diagram.highs()[bddNode]);
            result = make(familyLevel, low, high);
        }
        remember(hash, family, edge, result);
        return result;
    }

    /** The sets of a family that contain no set of the other. */
    private int lacking(int family, int other) {
        if (family == EMPTY || other == UNIT || family == other) {
            return EMPTY;
        }
        if (other == EMPTY || family == UNIT) {
            return family;
        }
        int hash = Bdd.mix(family, ~other);
        int slot = STRIDE * (hash & (cache.length / STRIDE - 1));
        if (cache[slot] == family && cache[slot + 1] == ~other) {
            return cache[slot + 2];
        }
        budget.step();
        int familyLevel = level(family);
        int otherLevel = level(other);
        int result;
        if (familyLevel > otherLevel) {
            result = lacking(family, without(other));
        } else if (familyLevel < otherLevel) {
            int low = lacking(without(family), other);
            result = make(familyLevel, low, lacking(with(family), other));
        } else {
            int low = lacking(without(family), without(other));
            int high = lacking(lacking(with(family), without(other)), with(other));
            result = make(familyLevel, low, high);
        }
        remember(hash, family, ~other, result);
        return result;
    }

    private void remember(int hash, int a, int b, int result) {
        int slot = STRIDE * (hash & (cache.length / STRIDE - 1));
        cache[slot] = a;
        cache[slot + 1] = b;
        cache[slot + 2] = result;
    }

    /** The family of a node's level: sets without it, and sets that get it in addition. */
    int make(int level, int without, int with) {
        if (with == EMPTY) {
            return without;
        }
        int bucket = Bdd.mix(Bdd.mix(without, with), level) & (buckets.length - 1);
        for (int node = buckets[bucket]; node != 0; node = nodes[STRIDE * node + 3]) {
            int at = STRIDE * node;
            if (nodes[at + 1] == without && nodes[at + 2] == with && nodes[at] == level) {
                return node;
            }
        }
        budget.check(used);
        if (used == capacity) {
            grow();
            bucket = Bdd.mix(Bdd.mix(without, with), level) & (buckets.length - 1);
        }
        int at = STRIDE * used;
        nodes[at] = level;
        nodes[at + 1] = without;
        nodes[at + 2] = with;
        nodes[at + 3] = buckets[bucket];
        buckets[bucket] = used;
        return used++;
    }

    private void grow() {
        capacity *= 2;
        nodes = Arrays.copyOf(nodes, STRIDE * capacity);
        buckets = new int[capacity];
        for (int node = 2; node < used; node++) {
            int at = STRIDE * node;
            int hash = Bdd.mix(Bdd.mix(nodes[at + 1], nodes[at + 2]), nodes[at]);
            int bucket = hash & (buckets.length - 1);
            nodes[at + 3] = buckets[bucket];
            buckets[bucket] = node;
        }
        int wanted = STRIDE * Math.min(CACHE_MAX, capacity);
        if (wanted > cache.length) {
            int[] old = cache;
            cache = new int[wanted];
            for (int i = 0; i < old.length; i += STRIDE) {
                if (old[i] != 0) {
                    remember(Bdd.mix(old[i], old[i + 1]), old[i], old[i + 1], old[i + 2]);
                }
            }
        }
    }

    /** Copies what a node leads to into a family of its own. */
    Family export(int root) {
        int[] number = new int[used];
        boolean[] wanted = new boolean[used];
        wanted[root] = true;
        for (int node = used - 1; node > 1; node--) {
            if (wanted[node]) {
                wanted[without(node)] = true;
                wanted[with(node)] = true;
            }
        }
        number[UNIT] = UNIT;
        int count = 2;
        for (int node = 2; node < used; node++) {
            if (wanted[node]) {
                number[node] = count++;
            }
        }
        int[] levels = new int[count];
        int[] withouts = new int[count];
        int[] withs = new int[count];
        levels[0] = Bdd.TERMINAL_LEVEL;
        levels[1] = Bdd.TERMINAL_LEVEL;
        for (int node = 2; node < used; node++) {
            if (wanted[node]) {
                levels[number[node]] = level(node);
                withouts[number[node]] = number[without(node)];
                withs[number[node]] = number[with(node)];
            }
        }
        return new Family(levels, withouts, withs, number[root]);
    }
}
