package org.standfest.analysis.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.BitSet;

/** Whether the intervals hold what they promise. */
class CoverageTest {

    /** The bridge: every pair of its cut sets shares something. */
    private static final double[] BRIDGE = {0.01, 0.02, 0.03, 0.04, 0.05};

    private static final int[][] BRIDGE_CUTS = {{0, 1}, {3, 4}, {0, 2, 4}, {1, 2, 3}};
    private static final double BRIDGE_UNAVAILABILITY = 0.002236284;

    @Test
    void theIntervalCoversTheExactValueInNinetyEightOfAHundredSeeds() {
        CutSetSampling sampling = new CutSetSampling(BRIDGE, BRIDGE_CUTS);
        Aim aim = new Aim(0.99, 0.005, 200_000, () -> false);
        int covered = 0;
        for (int seed = 0; seed < 500; seed++) {
            if (sampling.estimate(seed, aim).covers(BRIDGE_UNAVAILABILITY)) {
                covered++;
            }
        }
        assertTrue(covered >= 490, covered + " of 500");
    }

    @Test
    void aRareEventIsAsEasyAsACommonOne() {
        double[] rare = new double[5];
        for (int i = 0; i < rare.length; i++) {
            rare[i] = BRIDGE[i] * 1e-3;
        }
        Estimate estimate = new CutSetSampling(rare, BRIDGE_CUTS).estimate(7, Aim.ONE_PERCENT);
        double exact = 0;
        for (int state = 0; state < 32; state++) {
            double p = 1;
            for (int i = 0; i < 5; i++) {
                p *= (state >> i & 1) == 1 ? rare[i] : 1 - rare[i];
            }
            int failed = state;
            boolean down = false;
            for (int[] cut : BRIDGE_CUTS) {
                boolean all = true;
                for (int component : cut) {
                    all &= (failed >> component & 1) == 1;
                }
                down |= all;
            }
            exact += down ? p : 0;
        }
        assertTrue(estimate.finished());
        assertTrue(exact < 3e-9, "rare indeed: " + exact);
        assertTrue(estimate.covers(exact), estimate + " but exactly " + exact);
        assertTrue(estimate.relativeHalfWidth() <= 0.01);
    }

    /** The bridge as two services: the first two cut sets are one's, the others the second's. */
    @Test
    void severalDownTogetherAreCoveredAsWell() {
        int[][] services = {{0}, {0}, {1}, {0, 1}};
        double exact = 0;
        for (int state = 0; state < 32; state++) {
            int down = 0;
            for (int i = 0; i < BRIDGE_CUTS.length; i++) {
                boolean all = true;
                for (int component : BRIDGE_CUTS[i]) {
                    all &= (state >> component & 1) == 1;
                }
                for (int service : services[i]) {
                    down |= all ? 1 << service : 0;
                }
            }
            double p = 1;
            for (int i = 0; i < 5; i++) {
                p *= (state >> i & 1) == 1 ? BRIDGE[i] : 1 - BRIDGE[i];
            }
            exact += down == 3 ? p : 0;
        }
        CutSetSampling sampling = new CutSetSampling(BRIDGE, BRIDGE_CUTS);
        Aim aim = new Aim(0.99, 0.2, 40_960, () -> false);
        int covered = 0;
        for (int seed = 0; seed < 100; seed++) {
            Estimate both = sampling.estimateAtLeast(services, 2, seed, aim);
            assertTrue(both.value() < 0.1 * BRIDGE_UNAVAILABILITY, both.toString());
            covered += both.covers(exact) ? 1 : 0;
        }
        assertTrue(covered >= 98, covered + " of 100");
        assertEquals(sampling.estimate(5, aim), sampling.estimateAtLeast(services, 1, 5, aim));
    }

    /** Whether the check above would notice: an interval a quarter as wide misses too often. */
    @Test
    void anIntervalThatIsTooNarrowWouldBeFound() {
        CutSetSampling sampling = new CutSetSampling(BRIDGE, BRIDGE_CUTS);
        Aim aim = new Aim(0.99, 1e-9, 4_096, () -> false);
        int covered = 0;
        for (int seed = 0; seed < 500; seed++) {
            Estimate it = sampling.estimate(seed, aim);
            double error = Math.abs(it.value() - BRIDGE_UNAVAILABILITY);
            covered += error <= it.halfWidth() / 6 ? 1 : 0;
        }
        assertTrue(covered < 490, covered + " of 500");
    }

    @Test
    void theSameSeedGivesTheSameEstimate() {
        CutSetSampling sampling = new CutSetSampling(BRIDGE, BRIDGE_CUTS);
        assertEquals(sampling.estimate(3, Aim.ONE_PERCENT), sampling.estimate(3, Aim.ONE_PERCENT));
    }

    /** Equal units, one crew that repairs the one with the lowest number first. */
    private record OneCrew(int needed, int components, double mttf, double mttr)
            implements RepairableSystem {
        @Override
        public double failureRatePerHour(int component, BitSet failed) {
            return 1 / mttf;
        }

        @Override
        public double repairRatePerHour(int component, BitSet failed) {
            return failed.nextSetBit(0) == component ? 1 / mttr : 0;
        }

        @Override
        public boolean isDown(BitSet failed) {
            return components - failed.cardinality() < needed;
        }
    }

    @Test
    void cyclesAgreeWithTheChainOfTwoUnitsAndOneCrew() {
        double exact = 0.000125968381936134030;
        Aim aim = new Aim(0.99, 0.02, 2_000_000, () -> false);
        int covered = 0;
        for (int seed = 0; seed < 100; seed++) {
            Estimate estimate =
                    RegenerativeSimulation.unavailability(new OneCrew(1, 2, 1000, 8), seed, aim);
            assertTrue(estimate.finished());
            if (estimate.covers(exact)) {
                covered++;
            }
        }
        assertTrue(covered >= 97, covered + " of 100");
    }

    @Test
    void anOutageOfFourUnitsInAThousandMillionHoursIsFound() {
        // Birth and death with one crew: p(k) = 4!/(4-k)! (mttr/mttf)^k p(0).
        double x = 4.0 / 10_000;
        double[] p = {1, 4 * x, 12 * x * x, 24 * x * x * x, 24 * x * x * x * x};
        double exact = p[4] / (p[0] + p[1] + p[2] + p[3] + p[4]);
        Estimate estimate =
                RegenerativeSimulation.unavailability(
                        new OneCrew(1, 4, 10_000, 4),
                        11,
                        new Aim(0.99, 0.05, 4_000_000, () -> false));
        assertTrue(exact < 1e-12);
        assertTrue(estimate.covers(exact), estimate + " but exactly " + exact);
        assertTrue(estimate.relativeHalfWidth() <= 0.05, estimate.toString());
    }
}
