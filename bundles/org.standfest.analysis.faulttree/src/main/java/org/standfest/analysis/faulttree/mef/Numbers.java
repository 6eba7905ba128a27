package org.standfest.analysis.faulttree.mef;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** What the arithmetic expressions of a file come to. One thread. */
final class Numbers {

    private static final int DEPTH_MAX = 500;

    private final MefDocument document;
    private final Findings findings;
    private final Map<String, Double> known = new HashMap<>();
    private final Set<String> evaluating = new HashSet<>();
    private int depth;

    Numbers(MefDocument document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    /** The probability of a basic event; 0 with a finding where there is none. */
    double probability(String event) {
        RawFormula definition = document.events.get(event);
        if (definition == null) {
            return 0;
        }
        if (definition.arguments.isEmpty()) {
            findings.error("no-data", definition.place, event);
            return 0;
        }
        double value = value(definition.arguments.getFirst());
        if (!(value >= 0 && value <= 1)) {
            findings.error("probability", definition.place, event, Double.toString(value));
            return 0;
        }
        return value;
    }

    private double value(RawFormula part) {
        if (++depth > DEPTH_MAX) {
            findings.error("parameter-cycle", part.place, part.tag);
            depth--;
            return 0;
        }
        double result = inner(part);
        depth--;
        return result;
    }

    private double inner(RawFormula part) {
        return switch (part.tag) {
            case "float", "int" -> number(part);
            case "bool" -> "true".equals(part.value) ? 1 : 0;
            case "pi" -> Math.PI;
            case "parameter" -> parameter(part);
            case "neg" -> -argument(part, 0);
            case "add" -> fold(part, 0, Double::sum);
            case "mul" -> fold(part, 1, (a, b) -> a * b);
            case "sub" -> fold(part, Double.NaN, (a, b) -> a - b);
            case "div" -> fold(part, Double.NaN, (a, b) -> a / b);
            case "exp" -> Math.exp(argument(part, 0));
            case "log" -> Math.log(argument(part, 0));
            case "sqrt" -> Math.sqrt(argument(part, 0));
            case "pow" -> Math.pow(argument(part, 0), argument(part, 1));
            case "exponential" -> -Math.expm1(-argument(part, 0) * argument(part, 1));
            case "normal-deviate", "lognormal-deviate" -> argument(part, 0);
            case "uniform-deviate" -> (argument(part, 0) + argument(part, 1)) / 2;
            case "beta-deviate" -> {
                double alpha = argument(part, 0);
                yield alpha / (alpha + argument(part, 1));
            }
            case "gamma-deviate" -> argument(part, 0) * argument(part, 1);
            default -> {
                findings.error("expression", part.place, part.tag);
                yield 0;
            }
        };
    }

    private double fold(RawFormula part, double start, DoubleBinaryOperator by) {
        double result = start;
        for (int i = 0; i < part.arguments.size(); i++) {
            double next = value(part.arguments.get(i));
            result = Double.isNaN(result) && i == 0 ? next : by.applyAsDouble(result, next);
        }
        return result;
    }

    private double argument(RawFormula part, int position) {
        if (position >= part.arguments.size()) {
            findings.error("no-arguments", part.place, part.tag);
            return 0;
        }
        return value(part.arguments.get(position));
    }

    private double number(RawFormula part) {
        try {
            return Double.parseDouble(String.valueOf(part.value));
        } catch (NumberFormatException not) {
            findings.error("number", part.place, String.valueOf(part.value));
            return 0;
        }
    }

    private double parameter(RawFormula part) {
        String name = String.valueOf(part.value);
        Double before = known.get(name);
        if (before != null) {
            return before;
        }
        RawFormula definition = document.parameters.get(name);
        if (definition == null || definition.arguments.isEmpty()) {
            findings.error("undefined", part.place, name);
            return 0;
        }
        if (!evaluating.add(name)) {
            findings.error("parameter-cycle", part.place, name);
            return 0;
        }
        double value = value(definition.arguments.getFirst());
        evaluating.remove(name);
        known.put(name, value);
        return value;
    }

    /** A number without sign and fraction; -1 for anything else. */
    static int wholeNumber(String text) {
        try {
            return text == null || text.startsWith("+") ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException not) {
            return -1;
        }
    }
}
