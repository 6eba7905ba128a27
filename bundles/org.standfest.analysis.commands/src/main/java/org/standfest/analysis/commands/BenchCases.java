package org.standfest.analysis.commands;

import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shared cases with known answers: either all in one folder, or as they lie in the test
 * resources of two bundles. Stateless, safe for any thread.
 */
final class BenchCases {

    private static final Path CLOSED_FORMS_IN_CHECKOUT =
            Path.of("../../../../org.standfest.analysis.markov/src/test/resources");

    private final Path folder;

    BenchCases(Path folder) {
        this.folder = folder;
    }

    boolean areThere() {
        return Files.isRegularFile(file("fault-trees/expected.csv"))
                && Files.isRegularFile(file("closed-forms.csv"));
    }

    Path file(String name) {
        Path here = folder.resolve(name);
        return Files.exists(here)
                ? here
                : folder.resolve(CLOSED_FORMS_IN_CHECKOUT).resolve(name).normalize();
    }

    /** The lines of a table without its head. */
    List<String> lines(String name) {
        try {
            List<String> all = Files.readAllLines(file(name));
            return all.subList(1, all.size());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    FaultTree tree(String name) {
        try (InputStream input = Files.newInputStream(file(name + ".xml"))) {
            return new MefReader(MefLimits.STANDARD).read(name, input).tree().orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
