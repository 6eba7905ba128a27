package org.standfest.analysis.faulttree.mef;

import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.formula.Formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connects the definitions of a file. One thread, used once. */
final class TreeMaker {

    private static final Set<String> REFERENCES =
            Set.of("gate", "basic-event", "house-event", "event");

    private final MefDocument document;
    private final Findings findings;
    private final Numbers numbers;
    private final Formula formula = new Formula();
    private final Map<String, Integer> eventIndex = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final Map<String, Integer> literals = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> reported = new HashSet<>();

    TreeMaker(MefDocument document, Findings findings) {
        this.document = document;
        this.findings = findings;
        numbers = new Numbers(document, findings);
    }

    FaultTree make() {
        for (RawFormula gate : document.gates.values()) {
            collectUsed(gate);
        }
        List<String> tops =
                document.gates.keySet().stream().filter(it -> !used.contains(it)).toList();
        tops.forEach(this::build);
        document.gates.keySet().forEach(this::build);
        if (document.gates.isEmpty()) {
            findings.error("empty", new RawFormula.Place(1, 1), document.name);
        }
        double[] probabilities = new double[events.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = numbers.probability(events.get(i));
        }
        Map<String, Integer> gates = new LinkedHashMap<>();
        document.gates.keySet().forEach(it -> gates.put(it, literals.getOrDefault(it, 0)));
        return new FaultTree(document.name, formula, events, probabilities, gates, tops);
    }

    private void collectUsed(RawFormula part) {
        for (RawFormula argument : part.arguments) {
            if (argument.value != null && isGate(argument)) {
                used.add(local(argument));
            }
            collectUsed(argument);
        }
    }

    private boolean isGate(RawFormula reference) {
        return reference.tag.equals("gate")
                || reference.tag.equals("event") && document.gates.containsKey(local(reference));
    }

    /** Names may come with a path of components; they are unique without. */
    private String local(RawFormula reference) {
        String name = reference.value;
        if (document.gates.containsKey(name) || document.events.containsKey(name)) {
            return name;
        }
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Builds a gate and what it needs, without recursion over gates: chains may be long. */
    private void build(String start) {
        Deque<String> path = new ArrayDeque<>();
        Set<String> onPath = new HashSet<>();
        path.push(start);
        while (!path.isEmpty()) {
            String name = path.peek();
            if (literals.containsKey(name)) {
                path.pop();
                continue;
            }
            onPath.add(name);
            RawFormula gate = document.gates.get(name);
            String missing = firstUnbuilt(gate);
            if (missing == null) {
                literals.put(name, body(gate));
                onPath.remove(name);
                path.pop();
            } else if (onPath.contains(missing)) {
                findings.error("cycle", gate.place, name, missing);
                literals.put(missing, Formula.FALSE);
            } else {
                path.push(missing);
            }
        }
    }

    private String firstUnbuilt(RawFormula part) {
        for (RawFormula argument : part.arguments) {
            if (argument.value != null && isGate(argument)) {
                String name = local(argument);
                if (document.gates.containsKey(name) && !literals.containsKey(name)) {
                    return name;
                }
            } else if (argument.value != null && isEvent(argument)) {
                variable(argument);
            }
            String deeper = firstUnbuilt(argument);
            if (deeper != null) {
                return deeper;
            }
        }
        return null;
    }

    private boolean isEvent(RawFormula reference) {
        return reference.tag.equals("basic-event");
    }

    private int variable(RawFormula reference) {
        String name = local(reference);
        Integer index = eventIndex.get(name);
        if (index == null) {
            index = events.size();
            events.add(name);
            eventIndex.put(name, index);
            if (!document.events.containsKey(name)) {
                findings.error("no-data", reference.place, name);
            }
        }
        return formula.variable(index);
    }

    private int body(RawFormula gate) {
        if (gate.arguments.size() != 1) {
            findings.error("one-formula", gate.place, gate.value, gate.arguments.size());
            return Formula.FALSE;
        }
        return literal(gate.arguments.getFirst());
    }

    private int literal(RawFormula part) {
        if (REFERENCES.contains(part.tag)) {
            return reference(part);
        }
        if (part.tag.equals("constant")) {
            return constant(part);
        }
        int[] inner = part.arguments.stream().mapToInt(this::literal).toArray();
        if (inner.length == 0) {
            findings.error("no-arguments", part.place, part.tag);
            return Formula.FALSE;
        }
        return switch (part.tag) {
            case "and" -> formula.and(inner);
            case "or" -> formula.or(inner);
            case "nand" -> formula.and(inner) ^ 1;
            case "nor" -> formula.or(inner) ^ 1;
            case "not" -> arity(part, inner, 1) ? inner[0] ^ 1 : Formula.FALSE;
            case "xor" -> exclusive(inner);
            case "iff" -> arity(part, inner, 2) ? exclusive(inner) ^ 1 : Formula.FALSE;
            case "imply" ->
                    arity(part, inner, 2) ? formula.or(inner[0] ^ 1, inner[1]) : Formula.FALSE;
            case "atleast" -> formula.atLeast(count(part, part.value, inner), inner);
            case "cardinality" -> {
                int from = formula.atLeast(count(part, part.value, inner), inner);
                int beyond = formula.atLeast(count(part, part.max, inner) + 1, inner);
                yield formula.and(from, beyond ^ 1);
            }
            default -> {
                findings.error("unknown", part.place, part.tag);
                yield Formula.FALSE;
            }
        };
    }

    private boolean arity(RawFormula part, int[] inner, int wanted) {
        if (inner.length != wanted) {
            findings.error("arity", part.place, part.tag, inner.length, wanted);
        }
        return inner.length == wanted;
    }

    private int exclusive(int[] inner) {
        int result = Formula.FALSE;
        for (int literal : inner) {
            result = formula.xor(result, literal);
        }
        return result;
    }

    private int count(RawFormula part, String text, int[] inner) {
        int number = Numbers.wholeNumber(text);
        if (number < 0 || number > inner.length) {
            findings.error("count", part.place, part.tag, String.valueOf(text), inner.length);
        }
        return Math.clamp(number, 0, inner.length);
    }

    private int constant(RawFormula part) {
        if ("true".equals(part.value) || "1".equals(part.value)) {
            return Formula.TRUE;
        }
        if (!"false".equals(part.value) && !"0".equals(part.value)) {
            findings.error("constant", part.place, String.valueOf(part.value));
        }
        return Formula.FALSE;
    }

    private int reference(RawFormula part) {
        if (part.value == null) {
            findings.error("nameless", part.place, part.tag);
            return Formula.FALSE;
        }
        String name = local(part);
        if (isGate(part)) {
            if (!document.gates.containsKey(name)) {
                return undefined(part, name);
            }
            return literals.getOrDefault(name, Formula.FALSE);
        }
        boolean house = document.houses.containsKey(name);
        if (part.tag.equals("house-event") || part.tag.equals("event") && house) {
            return house ? state(document.houses.get(name)) : undefined(part, name);
        }
        return variable(part);
    }

    private int state(RawFormula house) {
        return house.arguments.isEmpty() ? Formula.FALSE : constant(house.arguments.getFirst());
    }

    private int undefined(RawFormula part, String name) {
        if (reported.add(name)) {
            findings.error("undefined", part.place, name);
        }
        return Formula.FALSE;
    }
}
