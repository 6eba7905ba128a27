package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks at the data of a group before anything is calculated; the first fault counts. */
final class Terms {

    private static final Catalog CATALOG = Catalog.beside(Terms.class);

    /** More units than this make no small chain. */
    private static final int MOST_UNITS = 10_000;

    /** The most states of a group. */
    static final int MOST_STATES = 1_000_000;

    private Explanation fault;

    Terms time(String name, double hours) {
        return check(hours > 0 && hours < Double.POSITIVE_INFINITY, "group.time", name, hours);
    }

    Terms timeOrNone(String name, double hours) {
        return check(hours >= 0 && hours < Double.POSITIVE_INFINITY, "group.time", name, hours);
    }

    Terms probability(String name, double value) {
        return check(value >= 0 && value <= 1, "group.probability", name, value);
    }

    Terms units(int needed, int units) {
        return check(units >= 1 && units <= MOST_UNITS, "group.units", units, MOST_UNITS)
                .check(needed >= 1 && needed <= units, "group.needed", needed, units);
    }

    Terms atLeast(String name, int least, int value) {
        return check(value >= least && value <= MOST_UNITS, "group.count", name, value, least);
    }

    Terms atMost(String name, int most, int value) {
        return check(value <= most, "group.most", name, value, most);
    }

    private Terms check(boolean holds, String code, Object... words) {
        if (!holds && fault == null) {
            fault = CATALOG.explain(code, words);
        }
        return this;
    }

    Outcome<GroupAvailability> then(Supplier<GroupAvailability> calculation) {
        return fault == null ? Outcome.done(calculation.get()) : Outcome.refused(fault);
    }

    /** Follows a model from its first state and solves it. */
    <S> Outcome<GroupAvailability> solve(
            S first, StateSpace.Model<S> model, Predicate<S> up, Effort effort) {
        return then(
                () -> {
                    StateSpace<S> space = StateSpace.explore(first, model, MOST_STATES);
                    return GroupAvailability.of(space.chain(), space.where(up), 0, effort);
                });
    }
}
