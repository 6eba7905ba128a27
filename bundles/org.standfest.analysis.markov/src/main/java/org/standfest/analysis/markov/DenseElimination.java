package org.standfest.analysis.markov;

/**
 * The elimination of Grassmann, Taksar and Heyman: the last state is censored out again and again,
 * and its exit rate is always summed anew from rates above zero instead of being subtracted from a
 * diagonal.
 */
final class DenseElimination {

    private DenseElimination() {}

    /** The probabilities of an irreducible chain's states. */
    static double[] steadyState(MarkovChain chain) {
        int n = chain.states();
        double[][] rate = new double[n][n];
        chain.forEach((from, to, ratePerHour) -> rate[from][to] = ratePerHour);
        for (int last = n - 1; last > 0; last--) {
            double[] out = rate[last];
            double exit = 0;
            for (int to = 0; to < last; to++) {
                exit += out[to];
            }
            for (int from = 0; from < last; from++) {
                double[] row = rate[from];
                if (row[last] != 0) {
                    // From here on the column holds what the way back needs.
                    row[last] /= exit;
                    double share = row[last];
                    for (int to = 0; to < last; to++) {
                        row[to] += share * out[to];
                    }
                }
            }
        }
        double[] probability = new double[n];
        probability[0] = 1;
        double total = 1;
        for (int state = 1; state < n; state++) {
            double sum = 0;
            for (int from = 0; from < state; from++) {
                sum += probability[from] * rate[from][state];
            }
            probability[state] = sum;
            total += sum;
        }
        for (int state = 0; state < n; state++) {
            probability[state] /= total;
        }
        return probability;
    }
}
