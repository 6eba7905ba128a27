package org.standfest.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.standfest.replication.simulation.Simulator;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Ten thousand seeds, each in one of the kinds of worlds. The system properties {@code
 * standfest.simulation.seeds} and {@code standfest.simulation.first} make a longer run.
 */
class TenThousandSeedsTest {

    @Test
    void nothingAcknowledgedIsLostInTenThousandLives(TestReporter reporter) {
        long seeds = Long.getLong("standfest.simulation.seeds", 10_000);
        long first = Long.getLong("standfest.simulation.first", 1);
        Simulator.Report report =
                new Simulator(InstantSource.system())
                        .run(
                                new Simulator.Settings(
                                        first,
                                        seeds,
                                        Optional.empty(),
                                        Runtime.getRuntime().availableProcessors()),
                                _ -> {},
                                () -> false)
                        .orThrow();
        reporter.publishEntry(
                "simulation",
                report.seeds()
                        + " seeds, "
                        + report.points()
                        + " points, "
                        + report.faults()
                        + " faults, "
                        + report.tookMillis()
                        + " ms");
        assertEquals(List.of(), report.failures());
        assertEquals(seeds, report.seeds());
        assertFalse(report.points() < seeds, "worlds in which nothing happens prove nothing");
    }

    /**
     * Four hundred seeds live twice, the second time in another order beside each other: every act
     * and every message come at the same instants, so that a seed that fails can be looked at.
     */
    @Test
    void aSeedLivesTheSameLifeEveryTime() {
        assertEquals(fingerprint(1), fingerprint(2));
    }

    private static long fingerprint(int threads) {
        return new Simulator(InstantSource.system())
                .run(
                        new Simulator.Settings(20_001, 400, Optional.empty(), threads),
                        _ -> {},
                        () -> false)
                .orThrow()
                .fingerprint();
    }
}
