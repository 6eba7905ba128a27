package org.standfest.analysis.markov;

import java.util.Arrays;

/**
 * Gauss-Seidel for large chains: every state takes what flows into it divided by its exit rate, in
 * the order of the states and then back. All terms are positive, so nothing cancels (Stewart,
 * Introduction to the Numerical Solution of Markov Chains, 1994, chapter 3).
 */
final class SparseIteration {

    /** Below this relative change of any probability, extrapolated, the answer stands. */
    private static final double AIM = 1e-13;

    private final MarkovChain incoming;
    private final double[] exit;
    private final double[] probability;

    private SparseIteration(MarkovChain chain) {
        incoming = chain.reversed();
        int n = chain.states();
        exit = new double[n];
        for (int state = 0; state < n; state++) {
            exit[state] = chain.exitRate(state);
        }
        probability = new double[n];
        Arrays.fill(probability, 1.0 / n);
    }

    static SteadyState steadyState(MarkovChain chain, Effort effort) {
        return new SparseIteration(chain).run(effort);
    }

    private SteadyState run(Effort effort) {
        double before = Double.MAX_VALUE;
        double error = 1;
        int sweep = 0;
        while (sweep < effort.sweeps() && !effort.cancelled().getAsBoolean()) {
            sweep++;
            double change = sweep(false);
            change = Math.max(change, sweep(true));
            normalise();
            double factor = Math.min(0.999_999, change / before);
            // A geometric series of changes that shrink by this factor is still to come.
            error = change * factor / (1 - factor);
            before = change;
            if (sweep > 3 && Math.max(error, change) < AIM) {
                return new SteadyState(probability, Math.max(error, change), true, sweep);
            }
            if (change < 4 * Math.ulp(1.0) * Math.sqrt(probability.length)) {
                return new SteadyState(probability, change, true, sweep);
            }
        }
        return new SteadyState(probability, error, false, sweep);
    }

    /** One sweep; answers the largest relative change of a probability. */
    private double sweep(boolean backwards) {
        double largest = 0;
        int n = probability.length;
        for (int step = 0; step < n; step++) {
            int state = backwards ? n - 1 - step : step;
            double sum = 0;
            for (int i = incoming.firstOf(state); i < incoming.firstOf(state + 1); i++) {
                sum += incoming.rateAt(i) * probability[incoming.targetAt(i)];
            }
            double fresh = sum / exit[state];
            double change = Math.abs(fresh - probability[state]);
            if (change > largest * fresh) {
                largest = change / fresh;
            }
            probability[state] = fresh;
        }
        return largest;
    }

    private void normalise() {
        double total = 0;
        for (double p : probability) {
            total += p;
        }
        for (int i = 0; i < probability.length; i++) {
            probability[i] /= total;
        }
    }
}
