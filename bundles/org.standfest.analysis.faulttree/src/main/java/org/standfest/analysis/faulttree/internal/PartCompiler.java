package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/** Builds the decision diagram of a part for one order of its leaves. One thread, used once. */
final class PartCompiler {

    private static final int FIRST_COLLECTION = 1 << 17;

    private final Part part;
    private final Bdd bdd;
    private final int[] level;
    private final int[] edges;
    private final int[] uses;
    private int collectAt = FIRST_COLLECTION;
    private int gatesDone;

    /**
     * @param order the leaves from the top level down
     */
    PartCompiler(Part part, int[] order, Budget budget) {
        this.part = part;
        this.bdd = new Bdd(budget, 4 * part.size());
        level = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            level[order[i]] = i;
        }
        edges = new int[part.size()];
        uses = part.uses();
    }

    /** The diagram. Throws {@link Budget.Exhausted}. */
    Diagram compile() {
        int leaves = part.leafCount();
        for (int leaf = 0; leaf < leaves; leaf++) {
            edges[leaf] = bdd.variable(level[leaf]);
        }
        for (int gate = leaves; gate < part.size(); gate++) {
            edges[gate] = gate(gate - leaves);
            gatesDone++;
            for (int argument : part.arguments()[gate - leaves]) {
                uses[argument >>> 1]--;
            }
        }
        return bdd.export(edges[part.root()]);
    }

    /** How many gates have their diagram. */
    int gatesDone() {
        return gatesDone;
    }

    private int gate(int gate) {
        int[] arguments = part.arguments()[gate];
        int[] inner = new int[arguments.length];
        for (int i = 0; i < inner.length; i++) {
            inner[i] = edges[arguments[i] >>> 1] ^ arguments[i] & 1;
        }
        return switch (part.kinds()[gate]) {
            case AND -> conjunction(inner);
            case XOR -> bdd.xor(inner[0], inner[1]);
            case AT_LEAST -> atLeast(part.thresholds()[gate], inner);
            case CONSTANT, VARIABLE -> throw new IllegalStateException("not a gate");
        };
    }

    /** Deepest levels first, so that each step only adds on top. */
    private int[] deepestFirst(int[] inner) {
        long[] keyed = new long[inner.length];
        for (int i = 0; i < inner.length; i++) {
            keyed[i] = (long) -bdd.level(inner[i]) << 32 | i;
        }
        Arrays.sort(keyed);
        int[] sorted = new int[inner.length];
        for (int i = 0; i < inner.length; i++) {
            sorted[i] = inner[(int) keyed[i]];
        }
        return sorted;
    }

    private int conjunction(int[] inner) {
        int result = Bdd.TRUE;
        for (int edge : deepestFirst(inner)) {
            result = bdd.and(result, edge);
            tidy(result);
        }
        return result;
    }

    /** reached[j]: at least j of the arguments so far. */
    private int atLeast(int k, int[] inner) {
        int[] sorted = deepestFirst(inner);
        int[] reached = new int[k + 1];
        reached[0] = Bdd.TRUE;
        for (int i = 0; i < sorted.length; i++) {
            int lowest = Math.max(1, k - (sorted.length - 1 - i));
            for (int j = Math.min(k, i + 1); j >= lowest; j--) {
                reached[j] = bdd.or(reached[j], bdd.and(sorted[i], reached[j - 1]));
            }
        }
        return reached[k];
    }

    private void tidy(int result) {
        if (bdd.size() <= collectAt) {
            return;
        }
        int[] roots = new int[edges.length + 1];
        int n = 0;
        for (int node = 0; node < edges.length; node++) {
            if (uses[node] > 0) {
                roots[n++] = edges[node];
            }
        }
        roots[n++] = result;
        bdd.collect(roots, n);
        collectAt = Math.max(collectAt, 2 * bdd.size());
    }
}
