package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What literals of a formula are made of, and other ones made of them. One thread. */
final class Literals {

    private final Formula formula;

    /** For good: the formula only grows. */
    private final Map<Integer, int[]> certain = new HashMap<>();

    /** For good, too. */
    private final Map<Integer, int[]> supports = new HashMap<>();

    /** By node, for one function after the other: written before it is read. */
    private int[] made = new int[0];

    Literals(Formula formula) {
        this.formula = formula;
    }

    /** The indices of the variables below a literal, ascending. */
    int[] support(int literal) {
        return supports.computeIfAbsent(literal, it -> Support.of(formula, it));
    }

    /** The variables each of which makes a literal true alone, whatever the others are. */
    int[] certain(int literal) {
        int[] known = certain.get(literal);
        if (known == null) {
            known = certainNow(literal);
            certain.put(literal, known);
        }
        return known;
    }

    private int[] certainNow(int literal) {
        int node = literal >>> 1;
        boolean plain = (literal & 1) == 0;
        int arity = formula.arity(node);
        if (formula.kind(node) == Formula.Kind.VARIABLE && plain) {
            return new int[] {formula.index(node)};
        }
        int least =
                switch (formula.kind(node)) {
                    case AND -> plain ? arity : 1;
                    case AT_LEAST ->
                            plain ? formula.threshold(node) : arity - formula.threshold(node) + 1;
                    default -> Integer.MAX_VALUE;
                };
        if (least > arity) {
            return new int[0];
        }
        // Sorted, so that the same variable stands as often as arguments have it, side by side.
        int[] all = new int[16];
        int n = 0;
        for (int i = 0; i < arity; i++) {
            int[] of = certain(formula.argument(node, i) ^ (literal & 1));
            all = n + of.length > all.length ? Arrays.copyOf(all, 2 * (n + of.length)) : all;
            System.arraycopy(of, 0, all, n, of.length);
            n += of.length;
        }
        Arrays.sort(all, 0, n);
        int kept = 0;
        for (int from = 0, to; from < n; from = to) {
            to = from;
            while (to < n && all[to] == all[from]) {
                to++;
            }
            if (to - from >= least) {
                all[kept++] = all[from];
            }
        }
        return Arrays.copyOf(all, kept);
    }

    /** Whether it is a variable, not negated. */
    boolean isVariable(int literal) {
        return (literal & 1) == 0 && formula.kind(literal >>> 1) == Formula.Kind.VARIABLE;
    }

    /** What brings a function about by itself. */
    List<Integer> terms(int literal) {
        List<Integer> terms = new ArrayList<>();
        boolean disjunction = (literal & 1) == 1 && formula.kind(literal >>> 1) == Formula.Kind.AND;
        if (!disjunction) {
            terms.add(literal);
            return terms;
        }
        for (int i = 0; i < formula.arity(literal >>> 1); i++) {
            terms.addAll(terms(formula.argument(literal >>> 1, i) ^ 1));
        }
        return terms;
    }

    /** True when any is. */
    int or(List<Integer> literals) {
        return formula.or(literals.stream().mapToInt(it -> it).toArray());
    }

    /**
     * The same function with other literals for some variables.
     *
     * @param replacements literals by index of the variable
     */
    int substituted(int root, Map<Integer, Integer> replacements) {
        boolean others = false;
        for (Map.Entry<Integer, Integer> it : replacements.entrySet()) {
            others |= formula.variable(it.getKey()) != it.getValue();
        }
        if (!others) {
            return root;
        }
        reserve(root);
        // Nodes only point to smaller ones: in ascending order all that is below is done already.
        for (int node : Support.nodes(formula, root)) {
            made[node] = remade(node, replacements);
        }
        return made[root >>> 1] ^ (root & 1);
    }

    /**
     * The same function: what brings it about by itself counts as absent inside of everything else.
     */
    int settled(int root) {
        Map<Integer, Integer> alone = new HashMap<>();
        terms(root).forEach(it -> alone.put(it >>> 1, it & 1));
        if (alone.size() < 2) {
            return root;
        }
        reserve(root);
        List<Integer> terms = new ArrayList<>();
        for (int node : Support.nodes(formula, root)) {
            made[node] = remade(node, Map.of());
            Integer negated = alone.get(node);
            if (negated != null) {
                terms.add(made[node] ^ negated);
                made[node] = Formula.FALSE ^ negated;
            }
        }
        return or(terms);
    }

    private void reserve(int root) {
        if (made.length <= root >>> 1) {
            made = new int[formula.size()];
        }
    }

    /** Conjunctions inside are dissolved, so that neighbours can absorb each other. */
    private int conjunction(int[] arguments) {
        List<Integer> opposites = new ArrayList<>();
        for (int argument : arguments) {
            opposites.addAll(terms(argument ^ 1));
        }
        int[] all = opposites.stream().mapToInt(it -> it ^ 1).toArray();
        return formula.atLeast(all.length, all);
    }

    private int remade(int node, Map<Integer, Integer> replacements) {
        if (formula.kind(node) == Formula.Kind.VARIABLE) {
            return replacements.getOrDefault(formula.index(node), 2 * node);
        }
        int[] arguments = new int[formula.arity(node)];
        boolean same = true;
        for (int i = 0; i < arguments.length; i++) {
            int argument = formula.argument(node, i);
            arguments[i] = made[argument >>> 1] ^ (argument & 1);
            same &= arguments[i] == argument;
        }
        if (same) {
            return 2 * node;
        }
        return switch (formula.kind(node)) {
            case AND -> conjunction(arguments);
            case AT_LEAST -> formula.atLeast(formula.threshold(node), arguments);
            case XOR -> formula.xor(arguments[0], arguments[1]);
            case CONSTANT, VARIABLE -> throw new IllegalStateException("not a gate");
        };
    }
}
