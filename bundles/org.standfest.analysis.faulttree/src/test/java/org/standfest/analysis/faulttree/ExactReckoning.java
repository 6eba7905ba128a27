package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.formula.Formula;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Probabilities with forty digits by the shortest way that is not the engine's: a plain decision
 * diagram with a map for everything, in the order in which events are met. Small structures only.
 */
final class ExactReckoning {

    private static final MathContext DIGITS = new MathContext(40);

    /** An event's place in the order and what follows when it does not occur, and when it does. */
    private record Node(int level, int low, int high) {}

    private record Pair(int first, int second) {}

    private final Formula formula;
    private final Map<Integer, Integer> levels = new HashMap<>();
    private final List<Integer> events = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>(Arrays.asList(null, null));
    private final Map<Node, Integer> known = new HashMap<>();
    private final Map<Pair, Integer> conjunctions = new HashMap<>();
    private final Map<Integer, Integer> opposites = new HashMap<>();
    private final Map<Integer, Integer> compiled = new HashMap<>();

    ExactReckoning(Formula formula) {
        this.formula = formula;
    }

    BigDecimal probability(int literal, double[] p) {
        int root = of(literal);
        BigDecimal[] value = new BigDecimal[nodes.size()];
        value[0] = BigDecimal.ZERO;
        value[1] = BigDecimal.ONE;
        for (int i = 2; i < value.length; i++) {
            Node node = nodes.get(i);
            BigDecimal up = new BigDecimal(p[events.get(node.level)]);
            value[i] =
                    up.multiply(value[node.high], DIGITS)
                            .add(
                                    BigDecimal.ONE.subtract(up).multiply(value[node.low], DIGITS),
                                    DIGITS);
        }
        return value[root];
    }

    private int of(int literal) {
        Integer done = compiled.get(literal);
        if (done != null) {
            return done;
        }
        int result = (literal & 1) == 0 ? gate(literal >>> 1) : not(of(literal ^ 1));
        compiled.put(literal, result);
        return result;
    }

    private int gate(int node) {
        return switch (formula.kind(node)) {
            case CONSTANT -> 0;
            case VARIABLE -> variable(formula.index(node));
            case AND -> atLeast(node, formula.arity(node));
            case AT_LEAST -> atLeast(node, formula.threshold(node));
            case XOR -> {
                int one = of(formula.argument(node, 0));
                int other = of(formula.argument(node, 1));
                yield not(and(not(and(one, not(other))), not(and(not(one), other))));
            }
        };
    }

    private int variable(int event) {
        int level = levels.computeIfAbsent(event, _ -> events.size());
        if (level == events.size()) {
            events.add(event);
        }
        return make(level, 0, 1);
    }

    /** reached[j]: at least j of the arguments so far. */
    private int atLeast(int node, int k) {
        int[] reached = new int[k + 1];
        reached[0] = 1;
        for (int i = 0; i < formula.arity(node); i++) {
            int argument = of(formula.argument(node, i));
            for (int j = k; j > 0; j--) {
                int more = and(argument, reached[j - 1]);
                reached[j] = not(and(not(reached[j]), not(more)));
            }
        }
        return reached[k];
    }

    private int not(int function) {
        if (function < 2) {
            return 1 - function;
        }
        Integer done = opposites.get(function);
        if (done == null) {
            Node node = nodes.get(function);
            done = make(node.level, not(node.low), not(node.high));
            opposites.put(function, done);
            opposites.put(done, function);
        }
        return done;
    }

    private int and(int one, int other) {
        if (one == 0 || other == 0) {
            return 0;
        }
        if (one == 1 || other == 1 || one == other) {
            return one == 1 ? other : one;
        }
        Pair key = new Pair(Math.min(one, other), Math.max(one, other));
        Integer done = conjunctions.get(key);
        if (done == null) {
            Node f = nodes.get(one);
            Node g = nodes.get(other);
            int level = Math.min(f.level, g.level);
            int low = and(f.level == level ? f.low : one, g.level == level ? g.low : other);
            int high = and(f.level == level ? f.high : one, g.level == level ? g.high : other);
            done = make(level, low, high);
            conjunctions.put(key, done);
        }
        return done;
    }

    private int make(int level, int low, int high) {
        if (low == high) {
            return low;
        }
        return known.computeIfAbsent(
                new Node(level, low, high),
                node -> {
                    nodes.add(node);
                    return nodes.size() - 1;
                });
    }
}
