package org.standfest.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.replication.simulation.disk.Act;
import org.standfest.replication.simulation.world.Journal;
import org.standfest.replication.simulation.world.PairWorld;
import org.standfest.replication.simulation.world.PoolWorld;
import org.standfest.replication.simulation.world.Sabotage;
import org.standfest.replication.simulation.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Switches single safeguards of production code off: the simulator has to notice each of them. A
 * simulator that finds nothing may be blind; this one is not.
 */
class SafeguardTest {

    private static final long MOST_SEEDS = 4_000;

    record Missing(String name, String world, Sabotage sabotage) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Missing> safeguards() {
        List<Missing> all = new ArrayList<>();
        for (String file :
                List.of(
                        "redo.properties.new",
                        "point.properties.new",
                        "/incoming/blocks",
                        "disk0.plan",
                        "disk0.manifest",
                        "/incoming/disk0.img",
                        "/current/disk0.img",
                        "/manifests/disk0.disk",
                        "/points/0000",
                        "system.properties",
                        "pool.properties")) {
            all.add(
                    new Missing(
                            "sync of " + file,
                            "pool",
                            (act, path) -> act == Act.FORCE && path.contains(file)));
        }
        for (String directory :
                List.of("/s0", "/points", "/current", "/manifests", "/older", "/incoming")) {
            all.add(
                    new Missing(
                            "sync of names in " + directory,
                            "pool",
                            (act, path) -> act == Act.SYNC_DIRECTORY && path.endsWith(directory)));
        }
        all.add(
                new Missing(
                        "sync of a prepared tree",
                        "pool",
                        (act, path) -> act == Act.SYNC_ALL && path.endsWith("/incoming")));
        all.add(
                new Missing(
                        "sync of a changed tree",
                        "pool",
                        (act, path) -> act == Act.SYNC_ALL && !path.endsWith("/incoming")));
        all.add(new Missing("watch over lost writes", "pool", (act, _) -> act == Act.WATCH));
        all.add(
                new Missing(
                        "decision record",
                        "pool",
                        (act, path) -> act != Act.READ && path.contains("redo.properties")));
        all.add(
                new Missing(
                        "decision of a group",
                        "pool",
                        (act, path) ->
                                (act == Act.FORCE || act == Act.SYNC_DIRECTORY)
                                        && path.contains("/groups")));
        all.add(
                new Missing(
                        "all syncs of agent and standby",
                        "pair",
                        (act, _) ->
                                act == Act.FORCE
                                        || act == Act.SYNC_DIRECTORY
                                        || act == Act.SYNC_ALL));
        all.add(
                new Missing(
                        "honest change tracking", "pair", (_, path) -> path.equals("/tracking")));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("safeguards")
    void aMissingSafeguardIsNoticed(Missing missing) {
        World world = missing.world().equals("pair") ? new PairWorld() : new PoolWorld();
        boolean found = false;
        for (long seed = 1; seed < MOST_SEEDS && !found; seed++) {
            try {
                world.live(seed, Set.of(), missing.sabotage(), new Journal(0));
            } catch (RuntimeException broken) {
                found = true;
            }
        }
        assertTrue(found, () -> "without the " + missing + " nothing went wrong");
    }
}
