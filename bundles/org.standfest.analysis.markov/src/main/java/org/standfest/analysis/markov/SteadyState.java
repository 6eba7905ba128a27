package org.standfest.analysis.markov;

import java.util.BitSet;

/**
 * The long-run probabilities of a chain's states.
 *
 * <p>Up to {@value #DENSE_STATES} states they come from the elimination of Grassmann, Taksar and
 * Heyman (Operations Research 33, 1985), which adds, multiplies and divides but never subtracts:
 * every probability, however small, has nearly full relative precision (O'Cinneide, Numerische
 * Mathematik 65, 1993). Above, the sparse elimination would fill up; a Gauss-Seidel iteration takes
 * over, free of subtraction too, and says how far it may be off.
 *
 * @param probability of each state, together 1
 * @param relativeErrorEstimate how far a probability may be off relatively by stopping early: 0 for
 *     elimination (only rounding), otherwise estimated from the last sweeps and the rate at which
 *     they converge; not a proved bound
 * @param converged false when the effort ended or somebody cancelled before the aim was reached
 * @param sweeps how many sweeps it took; 0 for elimination
 */
public record SteadyState(
        double[] probability, double relativeErrorEstimate, boolean converged, int sweeps) {

    /** The largest chain that is solved by dense elimination. */
    public static final int DENSE_STATES = 2_000;

    /**
     * Solves a chain in which one closed set of states is reached from every state.
     *
     * @throws IllegalArgumentException when there are several closed sets, so that the answer
     *     depends on where it begins
     */
    public static SteadyState of(MarkovChain chain, Effort effort) {
        BitSet closed = ClosedStates.of(chain);
        int count = closed.cardinality();
        if (count == chain.states()) {
            return count <= DENSE_STATES
                    ? exact(DenseElimination.steadyState(chain))
                    : SparseIteration.steadyState(chain, effort);
        }
        // States that are left for good have probability 0.
        int[] number = new int[chain.states()];
        int[] old = closed.stream().toArray();
        for (int i = 0; i < old.length; i++) {
            number[old[i]] = i;
        }
        MarkovChain.Builder part = new MarkovChain.Builder(old.length);
        for (int state : old) {
            chain.forEachFrom(state, (from, to, rate) -> part.rate(number[from], number[to], rate));
        }
        SteadyState inner = of(part.build(), effort);
        double[] probability = new double[chain.states()];
        for (int i = 0; i < old.length; i++) {
            probability[old[i]] = inner.probability[i];
        }
        return new SteadyState(
                probability, inner.relativeErrorEstimate, inner.converged, inner.sweeps);
    }

    private static SteadyState exact(double[] probability) {
        return new SteadyState(probability, 0, true, 0);
    }

    /** The probability of a set of states; small terms are added first. */
    public double of(BitSet set) {
        return set.stream().mapToDouble(i -> probability[i]).sorted().sum();
    }

    /**
     * How often per hour the chain goes from one set of states into another: the sum of probability
     * times rate.
     */
    public double frequencyPerHour(MarkovChain chain, BitSet from, BitSet to) {
        double[] sum = new double[1];
        from.stream()
                .forEach(
                        state ->
                                chain.forEachFrom(
                                        state,
                                        (source, target, rate) -> {
                                            if (to.get(target)) {
                                                sum[0] += probability[source] * rate;
                                            }
                                        }));
        return sum[0];
    }
}
