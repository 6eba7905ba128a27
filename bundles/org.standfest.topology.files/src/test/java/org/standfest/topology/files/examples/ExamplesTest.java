package org.standfest.topology.files.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.topology.Topology;
import org.standfest.topology.files.LoadedTopology;
import org.standfest.topology.files.TopologyFiles;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The ten examples are committed as files and stay what this code builds. After a change here, run
 * this test with {@code -Dstandfest.examples.write=true} to write them anew.
 */
class ExamplesTest {

    private static final Path FOLDER = Path.of("..", "..", "examples");

    private final TopologyFiles files = new TopologyFiles();

    static Stream<Arguments> examples() {
        return Stream.of(
                example("municipality", Municipality::build),
                example("mail-cluster", MailCluster::build),
                example("two-data-centres", TwoDataCentres::build),
                example("xen-consolidation", XenConsolidation::build),
                example("classic-model", ClassicModel::build),
                example("high-availability-model", HighAvailabilityModel::build),
                example("branch-model", BranchModel::build),
                example("alternative-data-centre", AlternativeDataCentre::build),
                example("outsourcing", Outsourcing::build),
                example("raid-model", RaidModel::build));
    }

    private static Arguments example(String name, Supplier<Topology> builder) {
        return Arguments.of(name, builder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void fileIsWhatTheCodeBuildsAndCanonical(String name, Supplier<Topology> builder)
            throws IOException {
        Path file = FOLDER.resolve(name + TopologyFiles.FILE_ENDING);
        byte[] built = files.toBytes(builder.get()).orThrow();
        if (Boolean.getBoolean("standfest.examples.write")) {
            Files.write(file, built);
        }
        assertArrayEquals(built, Files.readAllBytes(file), "differs: " + file);
        LoadedTopology loaded = files.read(file).orThrow();
        assertFalse(loaded.migrated());
        assertArrayEquals(built, files.toBytes(loaded.topology()).orThrow());
        assertTrue(EcoreUtil.equals(loaded.topology(), builder.get()), "same model");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void everyCutAtALineIsRefused(String name, Supplier<Topology> builder) {
        byte[] whole = files.toBytes(builder.get()).orThrow();
        int cuts = 0;
        for (int i = 0; i < whole.length - 1; i++) {
            if (whole[i] == '\n' && cuts++ % 40 == 0) {
                byte[] cut = java.util.Arrays.copyOf(whole, i);
                assertEquals(
                        "topology.file.truncated",
                        files.read(new ByteArrayInputStream(cut), name)
                                .problem()
                                .orElseThrow()
                                .code());
            }
        }
    }

    @Test
    void noOtherFileLiesThere() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            assertEquals(
                    examples().count(),
                    all.filter(it -> it.toString().endsWith(TopologyFiles.FILE_ENDING)).count());
        }
    }
}
