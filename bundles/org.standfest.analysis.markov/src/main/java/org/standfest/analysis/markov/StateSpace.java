package org.standfest.analysis.markov;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A chain made by following the moves of a model from its first state, with the model's own states
 * beside it. State 0 is the first. Immutable as long as the states are.
 *
 * @param <S> a state of the model, a value with equals and hashCode
 */
public final class StateSpace<S> {

    private final List<S> states;
    private final MarkovChain chain;

    private StateSpace(List<S> states, MarkovChain chain) {
        this.states = states;
        this.chain = chain;
    }

    /** Where a model puts the moves out of a state. */
    @FunctionalInterface
    public interface Moves<S> {
        /** A move; the rate is per hour, one of 0 changes nothing. */
        void to(S next, double ratePerHour);
    }

    /** What can happen in a state. */
    @FunctionalInterface
    public interface Model<S> {
        /** Names every move out of a state. */
        void moves(S state, Moves<S> moves);
    }

    /** More states than the limit that was set. */
    public static final class TooManyStates extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyStates(int limit) {
            super("more than " + limit + " states");
        }
    }

    /**
     * Follows all moves, breadth first.
     *
     * @param limit the most states to make
     * @throws TooManyStates when there are more
     */
    public static <S> StateSpace<S> explore(S first, Model<S> model, int limit) {
        Map<S, Integer> numbers = new HashMap<>();
        List<S> states = new ArrayList<>();
        List<double[]> rates = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        numbers.put(first, 0);
        states.add(first);
        Row row = new Row();
        for (int done = 0; done < states.size(); done++) {
            row.count = 0;
            model.moves(
                    states.get(done),
                    (next, ratePerHour) -> {
                        if (ratePerHour == 0) {
                            return;
                        }
                        Integer number = numbers.get(next);
                        if (number == null) {
                            number = states.size();
                            if (number >= limit) {
                                throw new TooManyStates(limit);
                            }
                            numbers.put(next, number);
                            states.add(next);
                        }
                        row.add(number, ratePerHour);
                    });
            targets.add(row.targets());
            rates.add(row.rates());
        }
        MarkovChain.Builder builder = new MarkovChain.Builder(states.size());
        for (int from = 0; from < states.size(); from++) {
            for (int i = 0; i < targets.get(from).length; i++) {
                builder.rate(from, targets.get(from)[i], rates.get(from)[i]);
            }
        }
        return new StateSpace<>(Collections.unmodifiableList(states), builder.build());
    }

    /** The moves out of one state. */
    private static final class Row {
        private int[] target = new int[16];
        private double[] rate = new double[16];
        private int count;

        void add(int to, double ratePerHour) {
            if (count == target.length) {
                target = java.util.Arrays.copyOf(target, 2 * count);
                rate = java.util.Arrays.copyOf(rate, 2 * count);
            }
            target[count] = to;
            rate[count++] = ratePerHour;
        }

        int[] targets() {
            return java.util.Arrays.copyOf(target, count);
        }

        double[] rates() {
            return java.util.Arrays.copyOf(rate, count);
        }
    }

    /** The chain; its state i is {@code states().get(i)}. */
    public MarkovChain chain() {
        return chain;
    }

    /** The model's states in the order of their numbers. */
    public List<S> states() {
        return states;
    }

    /** The numbers of the states of which something holds. */
    public BitSet where(Predicate<S> condition) {
        BitSet set = new BitSet(states.size());
        for (int i = 0; i < states.size(); i++) {
            set.set(i, condition.test(states.get(i)));
        }
        return set;
    }
}
