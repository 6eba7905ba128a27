package org.standfest.analysis.markov;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The probabilities of a chain's states at a time, by uniformisation: the chain jumps with the rate
 * of its fastest state, and the number of jumps has a Poisson distribution (Jensen 1953; the
 * weights by the stable recurrence outward from the mode as Fox and Glynn, Communications of the
 * ACM 31, 1988, have it).
 *
 * @param probability of each state
 * @param errorBound what was cut off from the Poisson distribution: no probability is off by more,
 *     rounding apart
 */
public record TransientSolution(double[] probability, double errorBound) {

    private static final double CUT = 1e-14;

    /** The most jumps that are worth calculating. */
    private static final double MOST_JUMPS = 50_000_000;

    /**
     * Where the chain is after some time.
     *
     * @param first the state with which it begins
     * @param hours not negative
     * @throws IllegalArgumentException when the time is so long against the fastest rate that the
     *     chain jumps more than fifty million times: the long-run answer is the one to ask for
     */
    public static TransientSolution at(MarkovChain chain, int first, double hours) {
        int n = chain.states();
        double fastest = 0;
        for (int state = 0; state < n; state++) {
            fastest = Math.max(fastest, chain.exitRate(state));
        }
        double[] now = new double[n];
        now[first] = 1;
        double mean = fastest * hours;
        if (mean == 0) {
            return new TransientSolution(now, 0);
        }
        if (!(mean <= MOST_JUMPS)) {
            throw new IllegalArgumentException("too many jumps: " + mean);
        }
        Weights weights = Weights.of(mean);
        MarkovChain incoming = chain.reversed();
        double[] exit = new double[n];
        for (int state = 0; state < n; state++) {
            exit[state] = chain.exitRate(state);
        }
        double[] sum = new double[n];
        double[] next = new double[n];
        for (int jump = 0; jump <= weights.last; jump++) {
            if (jump >= weights.first) {
                double weight = weights.value[jump - weights.first];
                for (int state = 0; state < n; state++) {
                    sum[state] += weight * now[state];
                }
            }
            for (int state = 0; state < n; state++) {
                double inflow = now[state] * (fastest - exit[state]);
                for (int i = incoming.firstOf(state); i < incoming.firstOf(state + 1); i++) {
                    inflow += incoming.rateAt(i) * now[incoming.targetAt(i)];
                }
                next[state] = inflow / fastest;
            }
            double[] spare = now;
            now = next;
            next = spare;
        }
        return new TransientSolution(sum, CUT);
    }

    /** The probability of a set of states. */
    public double of(BitSet set) {
        return set.stream().mapToDouble(i -> probability[i]).sorted().sum();
    }

    /**
     * The probability that a set of states is entered within a time: its states are made to keep
     * what reaches them.
     */
    public static double probabilityToEnter(
            MarkovChain chain, int first, BitSet set, double hours) {
        MarkovChain.Builder builder = new MarkovChain.Builder(chain.states());
        chain.forEach(
                (from, to, rate) -> {
                    if (!set.get(from)) {
                        builder.rate(from, to, rate);
                    }
                });
        return at(builder.build(), first, hours).of(set);
    }

    /** Poisson probabilities around the mode, the rest is below the cut. */
    private record Weights(int first, int last, double[] value) {

        static Weights of(double mean) {
            int mode = (int) mean;
            int reach = (int) (10 + 9 * Math.sqrt(mean + 1) + 20);
            int first = Math.max(0, mode - reach);
            int last = mode + reach;
            double[] value = new double[last - first + 1];
            value[mode - first] = 1;
            for (int i = mode; i > first; i--) {
                value[i - 1 - first] = value[i - first] * i / mean;
            }
            for (int i = mode; i < last; i++) {
                value[i + 1 - first] = value[i - first] * mean / (i + 1);
            }
            double[] sorted = value.clone();
            Arrays.sort(sorted);
            double total = 0;
            for (double v : sorted) {
                total += v;
            }
            for (int i = 0; i < value.length; i++) {
                value[i] /= total;
            }
            return new Weights(first, last, value);
        }
    }
}
