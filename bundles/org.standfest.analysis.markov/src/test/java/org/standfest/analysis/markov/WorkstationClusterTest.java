package org.standfest.analysis.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The 597,012 states of N = 128 are a row of {@code standfest bench analysis}. */
class WorkstationClusterTest {

    @ParameterizedTest
    @CsvSource({
        "2, 276, 0.99996153356236284, 1e-12",
        "4, 820, 0.99992124085137934, 1e-12",
        "8, 2772, 0.999833069267416, 1e-12"
    })
    void thePremiumServiceIsAsAvailableAsTheReferenceSays(
            int n, int states, double premium, double tolerance) {
        StateSpace<WorkstationCluster.State> space = new WorkstationCluster(n).explore();
        assertEquals(states, space.states().size());
        SteadyState steady = SteadyState.of(space.chain(), Effort.STANDARD);
        assertTrue(steady.converged());
        assertEquals(premium, steady.of(space.where(state -> state.serves(n))), tolerance);
    }

    @Test
    void bothMethodsGiveTheSameDigits() {
        StateSpace<WorkstationCluster.State> space = new WorkstationCluster(5).explore();
        double[] exact = DenseElimination.steadyState(space.chain());
        SteadyState swept = SparseIteration.steadyState(space.chain(), Effort.STANDARD);
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], swept.probability()[i], 1e-11 * exact[i]);
        }
    }
}
