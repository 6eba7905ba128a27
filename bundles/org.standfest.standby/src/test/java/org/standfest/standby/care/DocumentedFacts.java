package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.standfest.management.OperationState;
import org.standfest.management.TaskStatus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/command-line.md says about the facts of long works, held against what they tell. */
final class DocumentedFacts {

    private static final Pattern NAME = Pattern.compile("`([a-z][a-zA-Z]+)`( \\([^)]*\\))?");

    private DocumentedFacts() {}

    /** All facts that are told are documented; all that are, and are always told, are there. */
    static void check(TaskStatus work) {
        String row = row(work);
        Set<String> all = new HashSet<>();
        Set<String> always = new HashSet<>();
        Matcher names = NAME.matcher(row.substring(row.indexOf('|', 1)));
        while (names.find()) {
            all.add(names.group(1));
            if (names.group(2) == null) {
                always.add(names.group(1));
            }
        }
        Set<String> told = work.facts().keySet();
        assertTrue(all.containsAll(told), () -> work.kind() + " tells " + told);
        assertTrue(
                work.state() != OperationState.SUCCEEDED || told.containsAll(always),
                () -> work.kind() + " tells only " + told);
    }

    private static String row(TaskStatus work) {
        return lines().stream()
                .filter(line -> line.startsWith("| `" + work.kind() + "` |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(work.kind() + " is not documented"));
    }

    private static List<String> lines() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/command-line.md"))) {
            folder = folder.getParent();
        }
        try {
            return Files.readAllLines(folder.resolve("docs/command-line.md"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
