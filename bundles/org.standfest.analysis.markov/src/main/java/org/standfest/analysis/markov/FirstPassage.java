package org.standfest.analysis.markov;

import java.util.BitSet;

/** How long a chain takes until it first enters a set of states. */
public final class FirstPassage {

    private FirstPassage() {}

    /**
     * The mean time from a state into a set.
     *
     * <p>Every way into the set is led to one new state, from which the chain starts again at a
     * rate that is as large as its own rates are. In the long run that state has the probability p,
     * a cycle lasts 1 / (p rate), and its part before the set is (1 - p) / (p rate), in which 1 - p
     * is the sum of the other probabilities: so nothing is subtracted here either.
     *
     * @return hours; 0 when the state is in the set, infinite when the set may never be entered
     */
    public static double meanHours(MarkovChain chain, int from, BitSet into, Effort effort) {
        if (into.get(from)) {
            return 0;
        }
        Part part = Part.of(chain, from, into);
        if (part == null) {
            return Double.POSITIVE_INFINITY;
        }
        double rate = part.fastest;
        SteadyState steady = SteadyState.of(part.cycle(chain, from, into, rate), effort);
        double[] others = new double[part.count];
        System.arraycopy(steady.probability(), 0, others, 0, part.count);
        java.util.Arrays.sort(others);
        double sum = 0;
        for (double p : others) {
            sum += p;
        }
        return sum / (steady.probability()[part.count] * rate);
    }

    /** The states outside the set that can be reached without entering it. */
    private static final class Part {
        private final int[] number;
        private final int count;
        private final double fastest;

        private Part(int[] number, int count, double fastest) {
            this.number = number;
            this.count = count;
            this.fastest = fastest;
        }

        /** Null when from some reachable state the set cannot be entered any more. */
        static Part of(MarkovChain chain, int from, BitSet into) {
            BitSet seen = new BitSet(chain.states());
            int[] waiting = new int[chain.states()];
            waiting[0] = from;
            seen.set(from);
            int count = 1;
            boolean[] entered = new boolean[1];
            for (int done = 0; done < count; done++) {
                int[] known = {count};
                chain.forEachFrom(
                        waiting[done],
                        (source, target, rate) -> {
                            if (into.get(target)) {
                                entered[0] = true;
                            } else if (!seen.get(target)) {
                                seen.set(target);
                                waiting[known[0]++] = target;
                            }
                        });
                count = known[0];
            }
            if (!entered[0] || !allReach(chain, seen, into)) {
                return null;
            }
            int[] number = new int[chain.states()];
            double fastest = 0;
            for (int i = 0; i < count; i++) {
                number[waiting[i]] = i;
                fastest = Math.max(fastest, chain.exitRate(waiting[i]));
            }
            Part part = new Part(number, count, fastest);
            part.members = seen;
            return part;
        }

        private BitSet members;

        private static boolean allReach(MarkovChain chain, BitSet members, BitSet into) {
            MarkovChain back = chain.reversed();
            BitSet reaching = new BitSet(chain.states());
            for (int state = into.nextSetBit(0); state >= 0; state = into.nextSetBit(state + 1)) {
                if (!reaching.get(state)) {
                    reaching.or(back.reachableFrom(state));
                }
            }
            BitSet lost = (BitSet) members.clone();
            lost.andNot(reaching);
            return lost.isEmpty();
        }

        MarkovChain cycle(MarkovChain chain, int from, BitSet into, double rate) {
            MarkovChain.Builder builder = new MarkovChain.Builder(count + 1);
            members.stream()
                    .forEach(
                            state ->
                                    chain.forEachFrom(
                                            state,
                                            (source, target, ratePerHour) ->
                                                    builder.rate(
                                                            number[source],
                                                            into.get(target)
                                                                    ? count
                                                                    : number[target],
                                                            ratePerHour)));
            return builder.rate(count, number[from], rate).build();
        }
    }
}
