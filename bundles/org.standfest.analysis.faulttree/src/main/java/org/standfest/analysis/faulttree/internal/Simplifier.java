package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rewrites what a literal stands for into an equal, smaller formula: chains of conjunctions become
 * one, and literals that always occur together in conjunctions become one. Variables are numbered
 * anew, without gaps. Stateless.
 */
final class Simplifier {

    private static final int ROUNDS_MAX = 12;

    private Simplifier() {}

    /** A formula and the literal that stands for the whole. */
    record Rooted(Formula formula, int root) {

        int rootNode() {
            return root >>> 1;
        }
    }

    /**
     * A simplified formula.
     *
     * @param whole the formula; its variable with index i is what was the variable {@code
     *     events[i]}
     * @param events the old indices, ascending
     */
    record Simplified(Rooted whole, int[] events) {}

    static Simplified simplify(Formula formula, int root) {
        IntList variables = new IntList();
        Rooted extracted = extract(formula, root, variables);
        return new Simplified(simplified(extracted), variables.toArray());
    }

    private static Rooted simplified(Rooted extracted) {
        Rooted now = coalesce(extracted);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Rooted next = coalesce(join(now));
            boolean settled = next == now || next.formula.size() == now.formula.size();
            now = next;
            if (settled) {
                break;
            }
        }
        return now;
    }

    /** Copies what a literal needs: the whole formula may be far larger. */
    private static Rooted extract(Formula formula, int root, IntList variables) {
        IntMap now = new IntMap();
        IntList stack = new IntList();
        IntList reached = new IntList();
        stack.add(root >>> 1);
        now.put(root >>> 1, 0);
        while (stack.size() > 0) {
            int node = stack.removeLast();
            reached.add(node);
            if (formula.kind(node) == Formula.Kind.VARIABLE) {
                variables.add(formula.index(node));
            }
            for (int i = 0; i < formula.arity(node); i++) {
                int child = formula.argument(node, i) >>> 1;
                if (now.put(child, 0)) {
                    stack.add(child);
                }
            }
        }
        reached.sort();
        variables.sort();
        int[] events = variables.toArray();
        Formula made = new Formula();
        for (int i = 0; i < reached.size(); i++) {
            int node = reached.get(i);
            int[] literals = new int[formula.arity(node)];
            for (int a = 0; a < literals.length; a++) {
                int argument = formula.argument(node, a);
                literals[a] = now.get(argument >>> 1) ^ argument & 1;
            }
            boolean variable = formula.kind(node) == Formula.Kind.VARIABLE;
            now.put(
                    node,
                    variable
                            ? made.variable(Arrays.binarySearch(events, formula.index(node)))
                            : remade(formula, node, literals, made));
        }
        return new Rooted(made, now.get(root >>> 1) ^ root & 1);
    }

    /** How often each node is an argument; the root counts once more. Unreachable nodes: 0. */
    static int[] fanOut(Rooted whole) {
        Formula f = whole.formula;
        int[] count = new int[whole.rootNode() + 1];
        count[whole.rootNode()] = 1;
        for (int node = whole.rootNode(); node > 0; node--) {
            if (count[node] > 0) {
                for (int i = 0; i < f.arity(node); i++) {
                    count[f.argument(node, i) >>> 1]++;
                }
            }
        }
        return count;
    }

    /**
     * Conjunctions that occur once, inside a conjunction, are dissolved into it. The same object if
     * there is none.
     */
    private static Rooted coalesce(Rooted whole) {
        Formula old = whole.formula;
        int[] fanOut = fanOut(whole);
        boolean[] dissolve = new boolean[fanOut.length];
        boolean any = false;
        for (int node = 1; node < fanOut.length; node++) {
            if (fanOut[node] > 0 && old.kind(node) == Formula.Kind.AND) {
                for (int i = 0; i < old.arity(node); i++) {
                    int inner = old.argument(node, i);
                    boolean once = fanOut[inner >>> 1] == 1 && (inner & 1) == 0;
                    dissolve[inner >>> 1] |= once && old.kind(inner >>> 1) == Formula.Kind.AND;
                    any |= dissolve[inner >>> 1];
                }
            }
        }
        if (!any) {
            return whole;
        }
        Formula made = new Formula();
        int[] now = new int[fanOut.length];
        int[][] parts = new int[fanOut.length][];
        for (int node = 1; node < fanOut.length; node++) {
            if (fanOut[node] == 0) {
                continue;
            }
            int[] literals = gathered(old, node, now, dissolve, parts);
            if (dissolve[node]) {
                parts[node] = literals;
            } else {
                now[node] = remade(old, node, literals, made);
            }
        }
        return new Rooted(made, now[whole.rootNode()] ^ whole.root & 1);
    }

    private static int[] gathered(
            Formula old, int node, int[] now, boolean[] dissolve, int[][] parts) {
        int arity = old.arity(node);
        int total = 0;
        for (int i = 0; i < arity; i++) {
            int inner = old.argument(node, i) >>> 1;
            total += dissolve[inner] ? parts[inner].length : 1;
        }
        int[] literals = new int[total];
        int n = 0;
        for (int i = 0; i < arity; i++) {
            int argument = old.argument(node, i);
            int inner = argument >>> 1;
            if (dissolve[inner]) {
                System.arraycopy(parts[inner], 0, literals, n, parts[inner].length);
                n += parts[inner].length;
            } else {
                literals[n++] = now[inner] ^ argument & 1;
            }
        }
        return literals;
    }

    static int remade(Formula old, int node, int[] literals, Formula made) {
        return switch (old.kind(node)) {
            case CONSTANT -> Formula.FALSE;
            case VARIABLE -> made.variable(old.index(node));
            case AND -> made.and(literals);
            case AT_LEAST -> made.atLeast(old.threshold(node), literals);
            case XOR -> made.xor(literals[0], literals[1]);
        };
    }

    /** The conjunctions in which a literal occurs, for comparison. */
    private record Places(int sign, int[] parents) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Places that
                    && sign == that.sign
                    && Arrays.equals(parents, that.parents);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(parents) + sign;
        }
    }

    /**
     * Modules that always stand together in conjunctions become one module. The same object if
     * there are none.
     */
    private static Rooted join(Rooted whole) {
        Formula old = whole.formula;
        int[] fanOut = fanOut(whole);
        int[] groupOf = groups(whole, fanOut);
        if (Arrays.stream(groupOf).allMatch(it -> it == 0)) {
            return whole;
        }
        Formula made = new Formula();
        int[] now = new int[groupOf.length];
        int[] joined = new int[groupOf.length];
        for (int node = 1; node < groupOf.length; node++) {
            if (fanOut[node] == 0) {
                continue;
            }
            int[] literals = new int[old.arity(node)];
            int n = 0;
            for (int i = 0; i < literals.length; i++) {
                int argument = old.argument(node, i);
                int group = groupOf[argument >>> 1];
                if (group == 0 || old.kind(node) != Formula.Kind.AND) {
                    literals[n++] = now[argument >>> 1] ^ argument & 1;
                } else if (group == argument >>> 1) {
                    if (joined[group] == 0) {
                        joined[group] = conjunction(old, node, group, groupOf, now, made);
                    }
                    literals[n++] = joined[group];
                }
            }
            now[node] = remade(old, node, Arrays.copyOf(literals, n), made);
        }
        return new Rooted(made, now[whole.rootNode()] ^ whole.root & 1);
    }

    private static int conjunction(
            Formula old, int parent, int group, int[] groupOf, int[] now, Formula made) {
        int[] members = new int[old.arity(parent)];
        int n = 0;
        for (int i = 0; i < members.length; i++) {
            int argument = old.argument(parent, i);
            if (groupOf[argument >>> 1] == group) {
                members[n++] = now[argument >>> 1] ^ argument & 1;
            }
        }
        return made.and(Arrays.copyOf(members, n));
    }

    /** For each node the first node of its group, 0 where it stands alone. */
    private static int[] groups(Rooted whole, int[] fanOut) {
        Formula f = whole.formula;
        boolean[] modules = Modules.find(whole);
        int[][] parents = new int[fanOut.length][];
        int[] signs = new int[fanOut.length];
        int[] filled = new int[fanOut.length];
        boolean[] unfit = new boolean[fanOut.length];
        unfit[whole.rootNode()] = true;
        for (int node = 1; node < fanOut.length; node++) {
            if (fanOut[node] == 0) {
                unfit[node] = true;
                continue;
            }
            unfit[node] |= !modules[node] && f.kind(node) != Formula.Kind.VARIABLE;
            for (int i = 0; i < f.arity(node); i++) {
                int argument = f.argument(node, i);
                int inner = argument >>> 1;
                if (filled[inner] == 0) {
                    parents[inner] = new int[fanOut[inner]];
                    signs[inner] = argument & 1;
                }
                unfit[inner] |= f.kind(node) != Formula.Kind.AND || signs[inner] != (argument & 1);
                parents[inner][filled[inner]++] = node;
            }
        }
        Map<Places, Integer> first = new LinkedHashMap<>();
        int[] groupOf = new int[fanOut.length];
        for (int node = 1; node < fanOut.length; node++) {
            if (!unfit[node] && parents[node] != null) {
                Integer leader = first.putIfAbsent(new Places(signs[node], parents[node]), node);
                if (leader != null) {
                    groupOf[node] = leader;
                    groupOf[leader] = leader;
                }
            }
        }
        return groupOf;
    }
}
