package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Simplifier.Rooted;

import java.util.Arrays;

/**
 * Finds the modules of a formula: nodes below which nothing is shared with the rest. Linear, after
 * Dutuit and Rauzy (IEEE Transactions on Reliability 45, 1996). Stateless.
 */
final class Modules {

    private Modules() {}

    /** Whether each node, variables included, is a module. The root always is. */
    static boolean[] find(Rooted whole) {
        Formula f = whole.formula();
        int n = whole.rootNode() + 1;
        int[] entered = new int[n];
        int[] left = new int[n];
        int[] last = new int[n];
        walk(f, whole.rootNode(), entered, left, last);
        int[] earliest = new int[n];
        int[] latest = new int[n];
        Arrays.fill(earliest, Integer.MAX_VALUE);
        boolean[] modules = new boolean[n];
        for (int node = 1; node < n; node++) {
            if (entered[node] == 0) {
                continue;
            }
            for (int i = 0; i < f.arity(node); i++) {
                int child = f.argument(node, i) >>> 1;
                earliest[node] = min(earliest[node], earliest[child], entered[child]);
                latest[node] = Math.max(latest[node], Math.max(latest[child], last[child]));
            }
            modules[node] = earliest[node] > entered[node] && latest[node] < left[node];
        }
        return modules;
    }

    private static int min(int a, int b, int c) {
        return Math.min(a, Math.min(b, c));
    }

    private static void walk(Formula f, int root, int[] entered, int[] left, int[] last) {
        int[] stack = new int[64];
        int[] position = new int[entered.length];
        int depth = 0;
        int time = 1;
        stack[depth++] = root;
        entered[root] = time;
        last[root] = time;
        while (depth > 0) {
            int node = stack[depth - 1];
            time++;
            if (position[node] == f.arity(node)) {
                left[node] = time;
                last[node] = time;
                depth--;
                continue;
            }
            int child = f.argument(node, position[node]++) >>> 1;
            last[child] = time;
            if (entered[child] == 0) {
                entered[child] = time;
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, 2 * depth);
                }
                stack[depth++] = child;
            }
        }
    }
}
