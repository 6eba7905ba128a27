package org.standfest.topology.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.analysis.TopologyReport;
import org.standfest.topology.Topology;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules run on all ten examples, and nothing worse than a hint is found. */
class ExamplesPassTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "..", "examples"))) {
            return files.filter(it -> it.toString().endsWith(".topology")).sorted().toList().stream();
        }
    }

    @Test
    void thereAreTen() throws IOException {
        assertEquals(10, examples().count());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void passes(Path file) {
        Topology topology = new TopologyFiles().read(file).orThrow().topology();
        TopologyReport report =
                new RuleExaminer(() -> BuiltInRules.all(CLOCK)).examine(topology, () -> false);
        assertEquals(BuiltInRules.all(CLOCK).size(), report.rules());
        assertTrue(
                report.passed(),
                report.findings().stream()
                        .map(it -> it.severity() + " " + it.explanation().happened(Locale.ENGLISH))
                        .collect(Collectors.joining("\n")));
    }
}
