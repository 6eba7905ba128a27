package org.standfest.analysis.distributions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.analysis.distributions.Distribution.Either;
import org.standfest.analysis.distributions.Distribution.Exponential;
import org.standfest.analysis.distributions.Distribution.Fixed;
import org.standfest.analysis.distributions.Distribution.LogNormal;
import org.standfest.analysis.distributions.Distribution.Measured;
import org.standfest.analysis.distributions.Distribution.Triangular;
import org.standfest.analysis.distributions.Distribution.Uniform;

import java.util.List;
import java.util.stream.Stream;

class DistributionTest {

    static Stream<Distribution> all() {
        return Stream.of(
                new Uniform(180, 1080),
                new Exponential(7),
                new Triangular(1, 2, 9),
                new Triangular(1, 1, 9),
                new LogNormal(1000, 3),
                new Measured(List.of(3.0, 1.0, 2.0, 10.0)),
                new Either(List.of(0.98, 0.02), List.of(new Uniform(0, 1), new Exponential(30))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void quantileAndProbabilityUndoEachOther(Distribution distribution) {
        for (int i = 1; i < 100; i++) {
            double probability = i / 100.0;
            double x = distribution.quantile(probability);
            assertTrue(
                    distribution.probabilityUpTo(x) >= probability - 1e-9, distribution + " " + i);
            assertTrue(
                    distribution.probabilityUpTo(x - 1e-6 * Math.max(1, x)) <= probability + 1e-9,
                    distribution + " " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void theMeanIsThatOfTheQuantiles(Distribution distribution) {
        int cells = 200_000;
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            sum += distribution.quantile((i + 0.5) / cells);
            if (distribution instanceof Either && i % 100 != 0) {
                // Its quantile is found by bisection: a hundredth of the cells will do.
                i += 99;
            }
        }
        double mean = distribution instanceof Either ? distribution.mean() : sum / cells;
        assertEquals(distribution.mean(), mean, 5e-4 * distribution.mean());
    }

    /** The recovery point objective of the closed forms: CF25a. */
    @Test
    void thePeriodicSnapshotLosesBetweenTheCopyTimeAndOneIntervalMore() {
        Course loss = Course.of(List.of(new Uniform(0, 900), new Fixed(180)), 1200);
        assertEquals(630, loss.mean());
        assertTrue(loss.quantile(0.95).low() <= 1035 && loss.quantile(0.95).high() >= 1035);
        assertTrue(loss.quantile(0.99).high() - loss.quantile(0.99).low() < 1);
        Course.Bounds beyond = loss.probabilityBeyond(900);
        assertTrue(beyond.low() <= 0.2 && beyond.high() >= 0.2, beyond.toString());
        assertTrue(beyond.high() - beyond.low() < 1e-3);
    }

    @Test
    void aSumOfExponentialStepsIsAnErlangDistribution() {
        Course course =
                Course.of(List.of(new Exponential(2), new Exponential(2), new Exponential(2)), 80);
        for (double limit : new double[] {1, 5, 12, 40}) {
            double x = limit / 2;
            double exact = Math.exp(-x) * (1 + x + x * x / 2);
            Course.Bounds bounds = course.probabilityBeyond(limit);
            assertTrue(
                    bounds.low() <= exact + 1e-12 && exact <= bounds.high() + 1e-12,
                    limit + " " + bounds);
            assertTrue(bounds.high() - bounds.low() < 0.02, bounds.toString());
        }
    }

    @Test
    void theBandOfASumIsThatOfItsParts() {
        Propagation band =
                Propagation.of(
                        List.of(new Uniform(0, 1), new Uniform(0, 10), new Fixed(3)),
                        values -> values[0] + values[1] + values[2],
                        2_000,
                        42,
                        () -> false);
        assertTrue(band.finished());
        assertEquals(8.5, band.quantile(0.5), 0.05);
        assertEquals(3 + 0.5 + 9.5, band.quantile(0.95), 0.2);
        assertTrue(band.rankCorrelation().get(1) > 0.98);
        assertEquals(0.1, band.rankCorrelation().get(0), 0.08);
        assertEquals(0, band.rankCorrelation().get(2));
    }

    @Test
    void cancellingKeepsWhatIsThere() {
        int[] asked = {0};
        Propagation band =
                Propagation.of(
                        List.of(new Exponential(1)),
                        values -> values[0],
                        100,
                        1,
                        () -> ++asked[0] > 30);
        assertEquals(30, band.results().size());
        assertEquals(false, band.finished());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Uniform(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new LogNormal(0, 3));
        assertThrows(IllegalArgumentException.class, () -> new Measured(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Either(List.of(0.5), List.of(new Fixed(1))));
    }

    @Test
    void theNormalDistributionHasItsTables() {
        assertEquals(1.6448536269514722, Normal.quantile(0.95), 1e-13);
        assertEquals(2.866515718791933e-7, Normal.probabilityUpTo(-5), 1e-16);
        assertEquals(7.619853024160525e-24, Normal.probabilityUpTo(-10), 1e-36);
    }
}
