package org.standfest.analysis.markov;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A continuous-time Markov chain with finitely many states, numbered from 0. Rates are per hour
 * throughout, times in hours. Immutable; safe to pass between threads.
 */
public final class MarkovChain {

    private final int[] rowStart;
    private final int[] target;
    private final double[] rate;

    private MarkovChain(int[] rowStart, int[] target, double[] rate) {
        this.rowStart = rowStart;
        this.target = target;
        this.rate = rate;
    }

    /** How many states there are; at least 1. */
    public int states() {
        return rowStart.length - 1;
    }

    /** How many transitions with a rate above zero there are. */
    public int transitions() {
        return target.length;
    }

    /** The sum of all rates out of a state, per hour. */
    public double exitRate(int state) {
        double sum = 0;
        for (int i = rowStart[state]; i < rowStart[state + 1]; i++) {
            sum += rate[i];
        }
        return sum;
    }

    /** The rate from one state to another, per hour; 0 where there is no transition. */
    public double rate(int from, int to) {
        int place = Arrays.binarySearch(target, rowStart[from], rowStart[from + 1], to);
        return place < 0 ? 0 : rate[place];
    }

    /** Receives transitions. */
    @FunctionalInterface
    public interface Visitor {
        /** One transition; the rate is per hour and above zero. */
        void transition(int from, int to, double ratePerHour);
    }

    /** Shows every transition, by source and then by target. */
    public void forEach(Visitor visitor) {
        for (int from = 0; from < states(); from++) {
            forEachFrom(from, visitor);
        }
    }

    /** Shows every transition out of a state, by target. */
    public void forEachFrom(int from, Visitor visitor) {
        for (int i = rowStart[from]; i < rowStart[from + 1]; i++) {
            visitor.transition(from, target[i], rate[i]);
        }
    }

    /** The same chain with every transition turned round. */
    MarkovChain reversed() {
        Builder turned = new Builder(states());
        forEach((from, to, ratePerHour) -> turned.rate(to, from, ratePerHour));
        return turned.build();
    }

    int firstOf(int state) {
        return rowStart[state];
    }

    int targetAt(int place) {
        return target[place];
    }

    double rateAt(int place) {
        return rate[place];
    }

    /** The states that can be reached from one, itself included. */
    public BitSet reachableFrom(int state) {
        BitSet seen = new BitSet(states());
        int[] waiting = new int[states()];
        int count = 1;
        waiting[0] = state;
        seen.set(state);
        while (count > 0) {
            int from = waiting[--count];
            for (int i = rowStart[from]; i < rowStart[from + 1]; i++) {
                if (!seen.get(target[i])) {
                    seen.set(target[i]);
                    waiting[count++] = target[i];
                }
            }
        }
        return seen;
    }

    /** Whether every state can be reached from every other. */
    public boolean isIrreducible() {
        return reachableFrom(0).cardinality() == states()
                && reversed().reachableFrom(0).cardinality() == states();
    }

    /** Collects transitions; not for several threads. */
    public static final class Builder {
        private final int states;
        private int[] from = new int[16];
        private int[] to = new int[16];
        private double[] rate = new double[16];
        private int count;

        /**
         * A chain without transitions.
         *
         * @param states how many states; at least 1
         */
        public Builder(int states) {
            if (states < 1) {
                throw new IllegalArgumentException("a chain has at least one state");
            }
            this.states = states;
        }

        /**
         * Adds a transition; several between the same states add up, one with rate 0 or to the
         * state itself changes nothing.
         *
         * @param ratePerHour finite, not negative
         */
        public Builder rate(int source, int destination, double ratePerHour) {
            if (source < 0 || source >= states || destination < 0 || destination >= states) {
                throw new IllegalArgumentException(
                        "no such state: " + source + " to " + destination);
            }
            if (!(ratePerHour >= 0) || Double.isInfinite(ratePerHour)) {
                throw new IllegalArgumentException("not a rate: " + ratePerHour);
            }
            if (ratePerHour == 0 || source == destination) {
                return this;
            }
            if (count == from.length) {
                int longer = Math.multiplyExact(count, 2);
                from = Arrays.copyOf(from, longer);
                to = Arrays.copyOf(to, longer);
                rate = Arrays.copyOf(rate, longer);
            }
            from[count] = source;
            to[count] = destination;
            rate[count++] = ratePerHour;
            return this;
        }

        /** The chain. */
        public MarkovChain build() {
            int[] start = new int[states + 1];
            for (int i = 0; i < count; i++) {
                start[from[i] + 1]++;
            }
            for (int i = 0; i < states; i++) {
                start[i + 1] += start[i];
            }
            int[] next = start.clone();
            int[] target = new int[count];
            double[] sorted = new double[count];
            for (int i = 0; i < count; i++) {
                int place = next[from[i]]++;
                while (place > start[from[i]] && target[place - 1] > to[i]) {
                    target[place] = target[place - 1];
                    sorted[place] = sorted[place - 1];
                    place--;
                }
                target[place] = to[i];
                sorted[place] = rate[i];
            }
            return merged(start, target, sorted);
        }

        /** Transitions between the same states become one. */
        private static MarkovChain merged(int[] start, int[] target, double[] rate) {
            int kept = 0;
            int[] newStart = new int[start.length];
            for (int state = 0; state < start.length - 1; state++) {
                newStart[state] = kept;
                for (int i = start[state]; i < start[state + 1]; i++) {
                    if (kept > newStart[state] && target[kept - 1] == target[i]) {
                        rate[kept - 1] += rate[i];
                    } else {
                        target[kept] = target[i];
                        rate[kept++] = rate[i];
                    }
                }
            }
            newStart[start.length - 1] = kept;
            return new MarkovChain(
                    newStart, Arrays.copyOf(target, kept), Arrays.copyOf(rate, kept));
        }
    }
}
