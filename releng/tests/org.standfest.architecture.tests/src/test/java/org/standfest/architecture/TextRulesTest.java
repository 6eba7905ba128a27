package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

class TextRulesTest {

    // written in pieces, so that this file does not name what it looks for
    private static final Pattern NOT_OURS =
            Pattern.compile(
                    String.join(
                            "|",
                            "repo1?\\.maven(\\.apache)?\\.org",
                            "registry\\.npmjs\\.org",
                            "deb\\.debian\\.org",
                            "download\\.eclipse\\.org",
                            "(^|[\\s\"'=(:])/" + "(work|root|farm)/",
                            "/" + "tmp/(brief|libs|qc|gc)"));

    @Test
    void noFileNamesARegistryOrAPlaceOnTheMachineItWasWrittenOn() throws Exception {
        List<String> bad = new ArrayList<>();
        for (String file : committed()) {
            bad.addAll(strangers(file, read(House.root().resolve(file))));
        }
        assertEquals("", String.join("\n", bad));
    }

    @Test
    void refusesARegistryAndAMachinePath() {
        assertEquals(1, strangers("x", "url: https://repo" + "1.maven.org/x").size());
        assertEquals(1, strangers("x", "cd /" + "root/standfest").size());
        assertEquals(List.of(), strangers("x", "releng/work/x and $root/target and network/root/"));
    }

    private static List<String> strangers(String file, String text) {
        return text.lines()
                .filter(it -> NOT_OURS.matcher(it).find())
                .filter(it -> !file.endsWith("/guest/init.sh")) // its paths are those of the guest
                .map(it -> file + ": " + it.strip())
                .toList();
    }

    private static List<String> committed() throws Exception {
        Process git =
                new ProcessBuilder("git", "ls-files").directory(House.root().toFile()).start();
        List<String> files = git.inputReader().lines().toList();
        assertEquals(0, git.waitFor(), "git ls-files");
        assertTrue(files.contains("pom.xml"));
        return files;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (MalformedInputException picture) {
            return "";
        }
    }
}
