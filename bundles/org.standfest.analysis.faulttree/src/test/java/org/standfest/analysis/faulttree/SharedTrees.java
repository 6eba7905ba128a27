package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;
import org.standfest.analysis.faulttree.mef.MefReading;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The shared cases with known answers, from the test resources. */
final class SharedTrees {

    private SharedTrees() {}

    /** A row of {@code expected.csv}. */
    record Expected(String model, String cutSets, double probability) {

        @Override
        public String toString() {
            return model;
        }
    }

    static FaultTree read(String path) {
        try (InputStream input = SharedTrees.class.getResourceAsStream("/" + path + ".xml")) {
            MefReading reading = new MefReader(MefLimits.STANDARD).read(path, input);
            return reading.tree().orElseThrow(() -> new AssertionError(reading.findings()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static List<Expected> expected() {
        return lines("fault-trees/expected.csv").stream()
                .map(it -> it.split(",", -1))
                .filter(it -> !it[3].isEmpty())
                .map(it -> new Expected(it[0], it[3], Double.parseDouble(it[4])))
                .toList();
    }

    static Expected expected(String model) {
        return expected().stream().filter(it -> it.model().equals(model)).findFirst().orElseThrow();
    }

    static List<String> lines(String path) {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                SharedTrees.class.getResourceAsStream("/" + path),
                                StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
