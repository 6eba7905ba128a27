package org.standfest.replication.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.simulation.disk.Act;
import org.standfest.replication.simulation.world.Sabotage;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Some seeds of every kind of world; releng/tests has the ten thousand. */
class SimulatorTest {

    private static Simulator.Report run(Sabotage sabotage, String world, long first, long seeds) {
        return new Simulator(InstantSource.system(), sabotage)
                .run(
                        new Simulator.Settings(first, seeds, Optional.of(world), 2),
                        _ -> {},
                        () -> false)
                .orThrow();
    }

    @Test
    void poolsHoldWhatTheyPromise() {
        Simulator.Report report = run(Sabotage.NONE, "pool", 1, 30);
        assertEquals(List.of(), report.failures());
        assertTrue(report.points() > 60 && report.faults() > 60, report::toString);
    }

    @Test
    void agentAndStandbyHoldWhatTheyPromise() {
        Simulator.Report report = run(Sabotage.NONE, "pair", 1, 12);
        assertEquals(List.of(), report.failures());
        assertTrue(report.points() > 30 && report.faults() > 60, report::toString);
    }

    /** Lives in which an older point leans on a block that only a lost point after it had. */
    @Test
    void whatRotTookFromOlderPointsIsToldForEachOfThem() {
        for (long seed : new long[] {4003658, 4003786, 4003850, 4004618}) {
            assertEquals(List.of(), run(Sabotage.NONE, "rot", seed, 1).failures());
        }
    }

    /** The fingerprint counts every act on a disk and every message with its instant. */
    @Test
    void theSameSeedsLiveTheSameLivesAlsoBesideOthers() {
        assertEquals(all(1, 2).fingerprint(), all(1, 1).fingerprint());
    }

    private static Simulator.Report all(long first, int threads) {
        return new Simulator(InstantSource.system())
                .run(
                        new Simulator.Settings(first, 160, Optional.empty(), threads),
                        _ -> {},
                        () -> false)
                .orThrow();
    }

    @Test
    void aMissingSafeguardIsFoundAndShrunk() {
        Sabotage sabotage = (act, path) -> act == Act.SYNC_DIRECTORY && path.endsWith("/points");
        Simulator.Report report = run(sabotage, "pool", 1, 60);
        assertFalse(report.failures().isEmpty());
        Simulator.Failure failure = report.failures().getFirst();
        assertTrue(failure.faults().size() < 5, failure::toString);
        assertFalse(failure.lines().isEmpty());
    }

    /** Otherwise its worker dies, and the seed is missing instead of failing. */
    @Test
    void whateverALifeEndsWithIsAFailureOfItsSeed() {
        Sabotage sabotage =
                (act, _) -> {
                    throw new LinkageError(act.name());
                };
        Simulator.Report report = run(sabotage, "pool", 1, 5);
        assertEquals(5, report.seeds());
        assertEquals(5, report.failures().size());
        assertFalse(report.cancelled());
    }

    @Test
    void anUnknownKindOfWorldIsRefused() {
        var outcome =
                new Simulator(InstantSource.system())
                        .run(
                                new Simulator.Settings(0, 1, Optional.of("moon"), 1),
                                _ -> {},
                                () -> false);
        assertEquals("simulation.world", outcome.problem().orElseThrow().code());
    }

    @Test
    void aCancelledRunSaysSo() {
        Simulator.Report report =
                new Simulator(InstantSource.system())
                        .run(
                                new Simulator.Settings(0, 50, Optional.empty(), 1),
                                _ -> {},
                                () -> true)
                        .orThrow();
        assertTrue(report.cancelled());
        assertEquals(0, report.seeds());
    }
}
