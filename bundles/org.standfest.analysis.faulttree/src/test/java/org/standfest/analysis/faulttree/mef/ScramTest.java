package org.standfest.analysis.faulttree.mef;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.Watcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another tool reads what we write and comes to the same result; skipped where it is missing. */
class ScramTest {

    private static final Path SCRAM = Path.of("/usr/bin/scram");

    @TempDir Path folder;

    @Test
    void scramComesToTheSameProbability() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SCRAM));
        FaultTree tree;
        try (InputStream input = MefReader.class.getResourceAsStream("/fault-trees/das9601.xml")) {
            tree = new MefReader(MefLimits.STANDARD).read("das", input).tree().orElseThrow();
        }
        StringBuilder text = new StringBuilder();
        new MefWriter(tree, text).write(tree.tops());
        Path file = Files.writeString(folder.resolve("tree.xml"), text);
        Path report = folder.resolve("report.xml");
        Process scram =
                new ProcessBuilder(
                                SCRAM.toString(),
                                "--bdd",
                                "--probability",
                                "1",
                                "-o",
                                report.toString(),
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(scram.getInputStream().readAllBytes());
        assertEquals(0, scram.waitFor(), said);
        Matcher found =
                Pattern.compile("<sum-of-products[^>]* probability=\"([^\"]+)\"")
                        .matcher(Files.readString(report));
        assertTrue(found.find());
        double ours =
                new Solver(SolveLimits.STANDARD, InstantSource.system())
                        .solve(
                                tree.formula(),
                                tree.literal(tree.tops().getFirst()),
                                Watcher.patient())
                        .orThrow()
                        .probability(tree.probabilities())
                        .value();
        assertEquals(1, Double.parseDouble(found.group(1)) / ours, 1e-5);
    }
}
