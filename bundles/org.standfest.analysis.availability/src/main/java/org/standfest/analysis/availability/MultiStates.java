package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Takeover.Effect;
import org.standfest.analysis.faulttree.formula.Formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups that are no module of a service. Where a group is one, a single unit stands for its
 * takeover, independent of the machines. Where a service needs something else too of what makes the
 * takeover necessary, that is wrong: while a takeover is under way, what began it is down. There
 * each reason becomes a variable with three states, up, down and not taken over yet, down and taken
 * over ({@link GroupState}), and the unit of the group is replaced by "any reason in its second
 * state". People who are busy and common causes take all members down instead. One thread.
 */
final class MultiStates {

    private final Formula formula;
    private final Units units;
    private final Literals literals;
    private final Map<Integer, Takeover> byUnit = new LinkedHashMap<>();
    private final Map<Integer, GroupState> made = new HashMap<>();
    private final Map<Integer, Kept> kept = new HashMap<>();
    private final Map<Without, Integer> withouts = new HashMap<>();
    private final Set<GroupState> used = new LinkedHashSet<>();
    private final Map<Integer, Integer> expanded = new HashMap<>();
    private final Map<Integer, BitSet> reaches = new HashMap<>();
    private final Set<Integer> atMost = new HashSet<>();

    /** A group, and what of it counts as never down. */
    private record Without(int unit, BitSet idle) {}

    /** What came out for a function, the groups that it rests on, and its conditions in order. */
    private record Kept(int result, List<Takeover> groups, List<GroupState> states) {}

    MultiStates(Formula formula, Units units) {
        this.formula = formula;
        this.units = units;
        literals = new Literals(formula);
    }

    /** Begins a compilation; what the groups of a function did not change is kept. */
    void begin(List<Takeover> takeovers) {
        byUnit.clear();
        takeovers.forEach(it -> byUnit.put(it.unit(), it));
        expanded.clear();
        reaches.clear();
        made.clear();
        withouts.clear();
        used.clear();
    }

    /** The conditions of this compilation, those that others depend on first. */
    List<GroupState> found() {
        return List.copyOf(used);
    }

    /** Whether a literal made by {@link #apart} is true somewhat more often than it should. */
    boolean isAtMost(int literal) {
        return atMost.contains(literal);
    }

    /** The same function with a variable of several states for each group that is no module. */
    int apart(int down) {
        Kept before = kept.get(down);
        if (before != null
                && before.groups.stream().allMatch(it -> it.equals(byUnit.get(it.unit())))) {
            used.addAll(before.states);
            return before.result;
        }
        int[] support = literals.support(down);
        int[] inside = Arrays.stream(support).filter(byUnit::containsKey).toArray();
        BitSet groups = new BitSet();
        Arrays.stream(inside).forEach(it -> add(it, groups));
        int result = inside.length == 0 ? down : apart(down, inside);
        List<GroupState> states = states(result);
        used.addAll(states);
        List<Takeover> basis =
                groups.stream().filter(byUnit::containsKey).mapToObj(byUnit::get).toList();
        kept.put(down, new Kept(result, basis, states));
        return result;
    }

    /** The conditions in a function, each behind those that it depends on. */
    private List<GroupState> states(int literal) {
        Set<GroupState> states = new LinkedHashSet<>();
        enter(literal, states);
        return List.copyOf(states);
    }

    private void enter(int literal, Set<GroupState> states) {
        for (int variable : literals.support(literal)) {
            if (made.containsKey(variable)) {
                enter(made.get(variable), states);
            }
        }
    }

    private void enter(GroupState state, Set<GroupState> states) {
        if (states.contains(state)) {
            return;
        }
        if (state.kind() != GroupState.Kind.REST) {
            enter(state.either(), states);
            enter(state.tooMany(), states);
        }
        state.instead().values().stream()
                .sorted()
                .filter(made::containsKey)
                .forEach(it -> enter(made.get(it), states));
        states.add(state);
    }

    private int apart(int down, int[] inside) {
        BitSet series = new BitSet();
        for (int term : literals.terms(down)) {
            if (literals.isVariable(term)) {
                series.set(formula.index(term >>> 1));
            }
        }
        Conditions conditions = new Conditions(formula, down, series);
        Set<Integer> shared = new LinkedHashSet<>();
        for (int unit : inside) {
            boolean asked = byUnit.get(unit).effect() != Effect.SPARES_BOOTING;
            if (asked && !series.get(unit) && isShared(unit, conditions.matterGiven(unit))) {
                shared.add(unit);
            }
        }
        close(shared, inside);
        Map<Integer, Integer> replacements = replacements(shared);
        BitSet alone = new BitSet();
        for (int variable : literals.certain(down)) {
            alone.set(variable, !byUnit.containsKey(variable));
        }
        for (int unit : inside) {
            if (!shared.contains(unit)) {
                replacements.put(unit, without(unit, alone));
            }
        }
        int result = literals.settled(literals.substituted(down, replacements));
        if (shared.stream().map(byUnit::get).anyMatch(MultiStates::takesTooMany)) {
            atMost.add(result);
        }
        return result;
    }

    private static boolean takesTooMany(Takeover it) {
        return it.effect() == Effect.COMMON_CAUSE
                || it.effect() == Effect.QUEUE && it.group().members().size() > 2;
    }

    /** What a group depends on, those that it depends on included. */
    private BitSet reach(int unit) {
        BitSet known = reaches.get(unit);
        if (known == null) {
            Takeover takeover = byUnit.get(unit);
            known = new BitSet();
            if (takeover.effect() == Effect.TAKEOVER) {
                for (int variable : literals.support(takeover.demand())) {
                    add(variable, known);
                }
            }
            takeover.group().members().forEach(known::set);
            reaches.put(unit, known);
        }
        return known;
    }

    private void add(int variable, BitSet into) {
        into.set(variable);
        if (byUnit.containsKey(variable)) {
            into.or(reach(variable));
        }
    }

    /**
     * The unit of a takeover that only counts what does not bring the function about by itself: a
     * takeover that the loss of the only site makes necessary is nothing beside that loss.
     */
    private int without(int unit, BitSet alone) {
        Takeover takeover = byUnit.get(unit);
        BitSet idle = (BitSet) alone.clone();
        idle.and(reach(unit));
        if (takeover.effect() != Effect.TAKEOVER || idle.isEmpty()) {
            return formula.variable(unit);
        }
        Integer known = withouts.get(new Without(unit, idle));
        if (known == null) {
            known = withoutNow(takeover, idle, alone);
            withouts.put(new Without(unit, idle), known);
        }
        return known;
    }

    private int withoutNow(Takeover takeover, BitSet idle, BitSet alone) {
        int unit = takeover.unit();
        Map<Integer, Integer> instead = new HashMap<>();
        StringBuilder key = new StringBuilder(units.get(unit).key()).append(" without");
        for (int variable : literals.support(takeover.demand())) {
            if (byUnit.containsKey(variable)) {
                int other = without(variable, alone);
                instead.put(variable, formula.index(other >>> 1));
            } else if (idle.get(variable)) {
                instead.put(variable, GroupState.NEVER);
            }
        }
        idle.stream().forEach(it -> key.append(' ').append(units.get(it).key()));
        Shape shape = new Shape(GroupState.Kind.REST, Formula.FALSE, takeover.demand(), instead);
        return condition(takeover, units.get(unit).elementName(), key.toString(), shape);
    }

    /** Whether the function depends on what a group depends on, while that group does not serve. */
    private boolean isShared(int unit, BitSet matter) {
        BitSet reach = reach(unit);
        boolean shared = matter.intersects(reach);
        for (int it = matter.nextSetBit(0); it >= 0 && !shared; it = matter.nextSetBit(it + 1)) {
            shared = byUnit.containsKey(it) && reach(it).intersects(reach);
        }
        return shared;
    }

    /** Groups that depend on shared ones are no modules either. */
    private void close(Set<Integer> shared, int[] inside) {
        int before;
        do {
            before = shared.size();
            for (int unit : inside) {
                boolean above = shared.stream().anyMatch(it -> reach(unit).get(it));
                boolean below = shared.stream().anyMatch(it -> reach(it).get(unit));
                if (above || below) {
                    shared.add(unit);
                }
            }
        } while (shared.size() > before);
    }

    private Map<Integer, Integer> replacements(Set<Integer> shared) {
        Map<Integer, Integer> replacements = new HashMap<>();
        for (int unit : shared) {
            Takeover takeover = byUnit.get(unit);
            switch (takeover.effect()) {
                case QUEUE, COMMON_CAUSE -> {
                    for (int member : takeover.group().members()) {
                        int self = formula.variable(member);
                        int before = replacements.getOrDefault(member, self);
                        replacements.put(member, formula.or(before, formula.variable(unit)));
                    }
                }
                default -> replacements.put(unit, expanded(unit));
            }
        }
        return replacements;
    }

    private int expanded(int unit) {
        Integer known = expanded.get(unit);
        if (known == null) {
            Takeover takeover = byUnit.get(unit);
            known =
                    switch (takeover.effect()) {
                        case TAKEOVER -> reasons(takeover);
                        case RESYNC -> resynchronising(takeover);
                        case SPARES_USED -> sparesUsed(takeover);
                        default -> formula.variable(unit);
                    };
            expanded.put(unit, known);
        }
        return known;
    }

    private int reasons(Takeover takeover) {
        List<Integer> states = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        List<Integer> members = takeover.group().members();
        for (int term : literals.terms(takeover.demand())) {
            if (!literals.isVariable(term)) {
                rest.add(deeper(term));
                continue;
            }
            int reason = formula.index(term >>> 1);
            if (takeover.isPair() && reason == members.getFirst()) {
                int both = formula.and(term, formula.variable(members.getLast()));
                states.add(
                        state(
                                takeover,
                                reason,
                                new Shape(GroupState.Kind.MEMBER, both, term),
                                term));
            } else {
                int when = byUnit.containsKey(reason) ? expanded(reason) : term;
                states.add(when(takeover, reason, when));
            }
        }
        if (!rest.isEmpty()) {
            states.add(when(takeover, -1, literals.or(rest)));
        }
        return literals.or(states);
    }

    private int when(Takeover takeover, int reason, int when) {
        Shape shape = new Shape(GroupState.Kind.REASON, Formula.FALSE, when);
        return state(takeover, reason, shape, when);
    }

    /** One of the two is down and the other has not everything. */
    private int resynchronising(Takeover takeover) {
        List<Integer> members = takeover.group().members();
        int any = literals.or(members.stream().map(formula::variable).toList());
        int either = formula.or(any, takeover.demand());
        Shape shape = new Shape(GroupState.Kind.MEMBER, takeover.demand(), either);
        return state(takeover, -1, shape, any);
    }

    /** More are down than there are spares. */
    private int sparesUsed(Takeover takeover) {
        List<Integer> members = takeover.group().members();
        int spares = (int) takeover.group().figure();
        int[] down = members.stream().mapToInt(formula::variable).toArray();
        int many = formula.atLeast(spares + 1, down);
        if (many == Formula.FALSE) {
            return formula.variable(takeover.unit());
        }
        int either = formula.and(down[0], many);
        Shape shape = new Shape(GroupState.Kind.SPARES, Formula.FALSE, either);
        return state(takeover, -1, shape, many);
    }

    /** What a condition is made of. */
    private record Shape(
            GroupState.Kind kind, int tooMany, int either, Map<Integer, Integer> instead) {

        Shape(GroupState.Kind kind, int tooMany, int either) {
            this(kind, tooMany, either, Map.of());
        }
    }

    private int state(Takeover takeover, int reason, Shape shape, int when) {
        Unit group = units.get(takeover.unit());
        String name = group.elementName();
        String key = group.key() + " ";
        if (reason >= 0) {
            name += ": " + units.get(reason).elementName();
            key += units.get(reason).key();
        }
        return formula.and(when, condition(takeover, name, key, shape));
    }

    private int condition(Takeover takeover, String name, String key, Shape shape) {
        Unit group = units.get(takeover.unit());
        int literal = units.derived(group.elementId(), name, key, group.role());
        int unit = formula.index(literal >>> 1);
        made.put(
                unit,
                new GroupState(
                        unit,
                        takeover.unit(),
                        shape.kind,
                        shape.tooMany,
                        shape.either,
                        shape.instead));
        return literal;
    }

    /** A reason that is more than one thing, with the groups in it. */
    private int deeper(int literal) {
        Map<Integer, Integer> inside = new HashMap<>();
        for (int variable : literals.support(literal)) {
            if (byUnit.containsKey(variable)) {
                inside.put(variable, expanded(variable));
            }
        }
        return inside.isEmpty() ? literal : literals.substituted(literal, inside);
    }
}
