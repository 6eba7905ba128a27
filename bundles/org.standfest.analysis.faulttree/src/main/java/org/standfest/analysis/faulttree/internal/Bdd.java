package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/**
 * Reduced ordered binary decision diagrams with complement edges over one array of ints (Bryant
 * 1986; Brace, Rudell, Bryant 1990).
 *
 * <p>An <em>edge</em> is twice a node's number plus one when it is complemented; edge 0 is false,
 * edge 1 is true. The low edge of a node is never complemented, so that an edge is regular exactly
 * if its function is false when all variables are. One thread.
 */
final class Bdd {

    /** The edge that is never true. */
    static final int FALSE = 0;

    /** The edge that is always true. */
    static final int TRUE = 1;

    static final int TERMINAL_LEVEL = Integer.MAX_VALUE;

    private static final int STRIDE = 4;
    private static final int LEVEL = 0;
    private static final int LOW = 1;
    private static final int HIGH = 2;
    private static final int NEXT = 3;
    private static final int FREE = -1;
    private static final int XOR_MARK = 0x80000000;
    private static final int CACHE_MAX = 1 << 22;

    private final Budget budget;
    private int[] nodes;
    private int capacity;
    private int used = 1;
    private int free;
    private int live = 1;
    private int[] buckets;
    private int[] cache;

    Bdd(Budget budget, int expectedNodes) {
        this.budget = budget;
        capacity = Integer.highestOneBit(Math.max(16, expectedNodes - 1)) * 2;
        nodes = new int[STRIDE * capacity];
        buckets = new int[capacity];
        cache = new int[STRIDE * Math.min(CACHE_MAX, capacity)];
        nodes[LEVEL] = TERMINAL_LEVEL;
    }

    /** How many nodes are in use, the garbage included. */
    int size() {
        return live;
    }

    /** One more than the highest number of a node so far. */
    int reserved() {
        return used;
    }

    int level(int edge) {
        return nodes[(edge >>> 1) * STRIDE + LEVEL];
    }

    int low(int edge) {
        return nodes[(edge >>> 1) * STRIDE + LOW] ^ (edge & 1);
    }

    int high(int edge) {
        return nodes[(edge >>> 1) * STRIDE + HIGH] ^ (edge & 1);
    }

    /** The function of one variable. */
    int variable(int level) {
        return make(level, FALSE, TRUE);
    }

    int or(int f, int g) {
        return and(f ^ 1, g ^ 1) ^ 1;
    }

    int and(int f, int g) {
        if (f == FALSE || g == FALSE || f == (g ^ 1)) {
            return FALSE;
        }
        if (f == TRUE || f == g) {
            return g;
        }
        if (g == TRUE) {
            return f;
        }
        if (f > g) {
            int swapped = f;
            f = g;
            g = swapped;
        }
        int slot = STRIDE * (mix(f, g) & (cache.length / STRIDE - 1));
        if (cache[slot] == f && cache[slot + 1] == g) {
            return cache[slot + 2];
        }
        budget.step();
        int fn = (f >>> 1) * STRIDE;
        int gn = (g >>> 1) * STRIDE;
        int fl = nodes[fn];
        int gl = nodes[gn];
        int fs = f & 1;
        int gs = g & 1;
        int level = Math.min(fl, gl);
        int f0 = f;
        int f1 = f;
        int g0 = g;
        int g1 = g;
        if (fl == level) {
            f0 = nodes[fn + LOW] ^ fs;
            f1 = nodes[fn + HIGH] ^ fs;
        }
        if (gl == level) {
            g0 = nodes[gn + LOW] ^ gs;
            g1 = nodes[gn + HIGH] ^ gs;
        }
        int low = and(f0, g0);
        int result = make(level, low, and(f1, g1));
        remember(mix(f, g), f, g, result);
        return result;
    }

    int xor(int one, int other) {
        int sign = (one ^ other) & 1;
        int f = Math.min(one & ~1, other & ~1);
        int g = Math.max(one & ~1, other & ~1);
        if (f == g) {
            return sign;
        }
        if (f == FALSE) {
            return g ^ sign;
        }
        int key = f | XOR_MARK;
        int slot = STRIDE * (mix(key, g) & (cache.length / STRIDE - 1));
        if (cache[slot] == key && cache[slot + 1] == g) {
            return cache[slot + 2] ^ sign;
        }
        budget.step();
        int level = Math.min(level(f), level(g));
        boolean inF = level(f) == level;
        boolean inG = level(g) == level;
        int low = xor(inF ? low(f) : f, inG ? low(g) : g);
        int high = xor(inF ? high(f) : f, inG ? high(g) : g);
        int result = make(level, low, high);
        remember(mix(key, g), key, g, result);
        return result ^ sign;
    }

    private void remember(int hash, int f, int g, int result) {
        int slot = STRIDE * (hash & (cache.length / STRIDE - 1));
        cache[slot] = f;
        cache[slot + 1] = g;
        cache[slot + 2] = result;
    }

    /** The node that decides by a level between two functions of deeper levels. */
    int make(int level, int low, int high) {
        if (low == high) {
            return low;
        }
        int sign = low & 1;
        int regularLow = low ^ sign;
        int regularHigh = high ^ sign;
        int bucket = mix(mix(regularLow, regularHigh), level) & (buckets.length - 1);
        for (int node = buckets[bucket]; node != 0; node = nodes[node * STRIDE + NEXT]) {
            int at = node * STRIDE;
            if (nodes[at + LOW] == regularLow
                    && nodes[at + HIGH] == regularHigh
                    && nodes[at] == level) {
                return 2 * node | sign;
            }
        }
        return 2 * fresh(level, regularLow, regularHigh, bucket) | sign;
    }

    private int fresh(int level, int low, int high, int bucketIfNotGrown) {
        int bucket = bucketIfNotGrown;
        int node = free;
        if (node != 0) {
            free = nodes[node * STRIDE + NEXT];
        } else {
            if (used == capacity) {
                grow();
                bucket = mix(mix(low, high), level) & (buckets.length - 1);
            }
            node = used++;
        }
        live++;
        budget.check(live);
        int at = node * STRIDE;
        nodes[at] = level;
        nodes[at + LOW] = low;
        nodes[at + HIGH] = high;
        nodes[at + NEXT] = buckets[bucket];
        buckets[bucket] = node;
        return node;
    }

    private void grow() {
        capacity *= 2;
        nodes = Arrays.copyOf(nodes, STRIDE * capacity);
        buckets = new int[capacity];
        for (int node = 1; node < used; node++) {
            link(node);
        }
        int wanted = STRIDE * Math.min(CACHE_MAX, capacity);
        if (wanted > cache.length) {
            int[] old = cache;
            cache = new int[wanted];
            for (int i = 0; i < old.length; i += STRIDE) {
                if (old[i + 1] != 0) {
                    remember(mix(old[i], old[i + 1]), old[i], old[i + 1], old[i + 2]);
                }
            }
        }
    }

    private void link(int node) {
        int at = node * STRIDE;
        if (nodes[at] != FREE) {
            int hash = mix(mix(nodes[at + LOW], nodes[at + HIGH]), nodes[at]);
            int bucket = hash & (buckets.length - 1);
            nodes[at + NEXT] = buckets[bucket];
            buckets[bucket] = node;
        }
    }

    /** Whether it would pay to collect garbage before the tables grow again. */
    boolean isCrowded() {
        return live > capacity - capacity / 8;
    }

    /** Forgets every node that none of the edges leads to. Edges that are kept stay valid. */
    void collect(int[] roots, int count) {
        boolean[] marked = new boolean[used];
        marked[0] = true;
        int[] stack = new int[256];
        int depth = 0;
        for (int i = 0; i < count; i++) {
            stack[depth++] = roots[i] >>> 1;
            while (depth > 0) {
                int node = stack[--depth];
                if (marked[node]) {
                    continue;
                }
                marked[node] = true;
                if (depth + 2 > stack.length) {
                    stack = Arrays.copyOf(stack, 2 * stack.length);
                }
                stack[depth++] = nodes[node * STRIDE + LOW] >>> 1;
                stack[depth++] = nodes[node * STRIDE + HIGH] >>> 1;
            }
        }
        Arrays.fill(buckets, 0);
        Arrays.fill(cache, 0);
        free = 0;
        live = 1;
        for (int node = used - 1; node > 0; node--) {
            if (marked[node]) {
                live++;
                link(node);
            } else {
                nodes[node * STRIDE] = FREE;
                nodes[node * STRIDE + NEXT] = free;
                free = node;
            }
        }
    }

    /** Copies what an edge leads to into a diagram of its own. */
    Diagram export(int root) {
        int[] number = new int[used];
        Arrays.fill(number, -1);
        number[0] = 0;
        int[] order = new int[256];
        int count = 1;
        int[] stack = new int[256];
        int depth = 0;
        stack[depth++] = root >>> 1;
        while (depth > 0) {
            int node = stack[depth - 1];
            if (number[node] >= 0) {
                depth--;
                continue;
            }
            int low = nodes[node * STRIDE + LOW] >>> 1;
            int high = nodes[node * STRIDE + HIGH] >>> 1;
            if (depth + 2 > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            if (number[low] < 0) {
                stack[depth++] = low;
            }
            if (number[high] < 0) {
                stack[depth++] = high;
            }
            if (stack[depth - 1] == node) {
                depth--;
                if (count == order.length) {
                    order = Arrays.copyOf(order, 2 * count);
                }
                order[count] = node;
                number[node] = count++;
            }
        }
        int[] levels = new int[count];
        int[] lows = new int[count];
        int[] highs = new int[count];
        levels[0] = TERMINAL_LEVEL;
        for (int i = 1; i < count; i++) {
            int at = order[i] * STRIDE;
            levels[i] = nodes[at];
            lows[i] = renumbered(nodes[at + LOW], number);
            highs[i] = renumbered(nodes[at + HIGH], number);
        }
        return new Diagram(levels, lows, highs, renumbered(root, number));
    }

    private static int renumbered(int edge, int[] number) {
        return 2 * number[edge >>> 1] | edge & 1;
    }

    static int mix(int a, int b) {
        int h = a * 0x9E3779B1 + b * 0x85EBCA77;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        return h ^ (h >>> 13);
    }
}
