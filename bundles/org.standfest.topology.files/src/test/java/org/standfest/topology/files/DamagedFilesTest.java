package org.standfest.topology.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files as they come from bad sectors, broken transfers, careless hands and attackers. The part of
 * the name between the dots is the code of the refusal; the same files can be given to the command
 * line.
 */
class DamagedFilesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "damaged");

    static List<Path> damaged() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereAreMoreThanTwenty() throws IOException {
        assertTrue(damaged().size() > 20);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void isRefusedForWhatItsNameSays(Path file) {
        Outcome<LoadedTopology> outcome = new TopologyFiles().read(file);
        assertInstanceOf(Outcome.Refused.class, outcome);
        assertEquals(
                "topology.file." + file.getFileName().toString().split("\\.")[1],
                outcome.problem().orElseThrow().code());
    }
}
