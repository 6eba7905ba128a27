package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of the conditions that make variables of three states ({@link GroupState}). A
 * condition G that holds with the probability g while W is true, and always when W becomes true,
 * has
 *
 * <p>g = P / P(W), ν(G) = (f - g ν(W)) / P(W),
 *
 * <p>where P and f are the probability and frequency of "W and not served yet": Murchland's sum
 * over W and G then is the sum over the moves between the states. With members that are too many
 * down by themselves (T), W is "T or this" and both sides have P(T) taken off. One thread.
 */
final class StateFigures {

    private final double[] down;
    private final double[] up;
    private final double[] failures;
    private final TakeoverFigures takeovers;

    /** Writes into the arrays. */
    StateFigures(double[] down, double[] up, double[] failures, TakeoverFigures takeovers) {
        this.down = down;
        this.up = up;
        this.failures = failures;
        this.takeovers = takeovers;
    }

    /** How often the group is down in all, and how much of that is more than too many members. */
    private record Wanted(double more, double frequency) {}

    /**
     * Sets the figures of a condition; the group and what {@code either} depends on must be settled
     * before.
     *
     * @param members the structure of T
     * @param condition the structure of W
     */
    void settle(
            GroupState state,
            Takeover takeover,
            StructureFunction members,
            StructureFunction condition) {
        Renewal tooMany = members.renewal(down, up, failures);
        Renewal either = rest(state, condition);
        takeovers.alsoStandsFor(state);
        if (state.kind() == GroupState.Kind.REST) {
            TakeoverFigures.Extra rest =
                    takeovers.figures(takeover, either, events(state, condition)).extra();
            put(state.unit(), rest.unavailability(), rest.frequency());
            return;
        }
        Optional<TakeoverFigures.Extra> extra = extra(state, takeover);
        double base = extra.isPresent() ? tooMany.unavailability() : 0;
        double often = extra.isPresent() ? tooMany.failuresPerHour() : 0;
        Wanted wanted =
                extra.map(it -> members(it, tooMany))
                        .orElseGet(
                                () ->
                                        state.kind() == GroupState.Kind.SPARES
                                                ? spares(state, takeover)
                                                : reason(takeover, either));
        double room = either.unavailability() - base;
        double share = room <= 0 ? 0 : Math.min(1, wanted.more / room);
        double rest = wanted.frequency - share * either.failuresPerHour() - (1 - share) * often;
        put(state.unit(), share, room <= 0 || share == 1 ? 0 : Math.max(0, rest / room));
    }

    private static int[] events(GroupState state, StructureFunction condition) {
        return Arrays.stream(condition.events())
                .filter(it -> state.instead().getOrDefault(it, it) != GroupState.NEVER)
                .toArray();
    }

    /** The condition with other units, or none, in place of some. */
    private Renewal rest(GroupState state, StructureFunction condition) {
        if (state.instead().isEmpty()) {
            return condition.renewal(down, up, failures);
        }
        Map<Integer, double[]> before = new HashMap<>();
        state.instead()
                .forEach(
                        (unit, other) -> {
                            before.put(unit, new double[] {down[unit], up[unit], failures[unit]});
                            boolean never = other == GroupState.NEVER;
                            down[unit] = never ? 0 : down[other];
                            up[unit] = never ? 1 : up[other];
                            failures[unit] = never ? 0 : failures[other];
                        });
        Renewal renewal = condition.renewal(down, up, failures);
        before.forEach(
                (unit, figures) -> {
                    down[unit] = figures[0];
                    up[unit] = figures[1];
                    failures[unit] = figures[2];
                });
        return renewal;
    }

    private void put(int unit, double unavailability, double frequency) {
        down[unit] = unavailability;
        up[unit] = 1 - unavailability;
        failures[unit] = frequency;
    }

    /** What the chain of the members has more than members that know nothing of each other. */
    private Optional<TakeoverFigures.Extra> extra(GroupState state, Takeover takeover) {
        if (state.kind() != GroupState.Kind.MEMBER) {
            return Optional.empty();
        }
        return takeover.effect() == Takeover.Effect.TAKEOVER
                ? takeovers.pair(state.takeover())
                : Optional.of(
                        new TakeoverFigures.Extra(
                                down[state.takeover()], failures[state.takeover()], false));
    }

    private static Wanted members(TakeoverFigures.Extra extra, Renewal tooMany) {
        double rest = tooMany.availability();
        return new Wanted(
                rest * extra.unavailability(),
                tooMany.failuresPerHour() * (1 - extra.unavailability())
                        + extra.frequency() * rest);
    }

    private Wanted spares(GroupState state, Takeover takeover) {
        int group = state.takeover();
        int first = takeover.group().members().getFirst();
        return new Wanted(
                down[group] * down[first],
                failures[group] * down[first] + down[group] * failures[first]);
    }

    private static Wanted reason(Takeover takeover, Renewal either) {
        double often = either.failuresPerHour();
        double hours =
                often > 0 ? TakeoverFigures.outageHours(takeover, either.meanDownTimeHours()) : 0;
        return hours > 0 ? new Wanted(often * hours, often) : new Wanted(0, 0);
    }
}
