package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    void everyTextIsThereInBothLanguages() throws IOException {
        List<String> bad = new ArrayList<>();
        int pairs = 0;
        try (Stream<Path> all = Files.walk(House.root().resolve("bundles"))) {
            List<Path> english =
                    all.filter(
                                    it ->
                                            it.getFileName()
                                                    .toString()
                                                    .matches(
                                                            "(messages|bundle|plugin)\\.properties"))
                            .filter(
                                    it ->
                                            !it.toString().contains("/target/")
                                                    && !it.toString().contains("/src/test/"))
                            .toList();
            for (Path file : english) {
                Path german =
                        file.resolveSibling(
                                file.getFileName()
                                        .toString()
                                        .replace(".properties", "_de.properties"));
                String where = House.root().relativize(file).toString();
                bad.addAll(
                        differences(
                                where,
                                House.text(file),
                                Files.exists(german) ? House.text(german) : ""));
                pairs++;
            }
        }
        assertTrue(pairs > 0, "no texts were seen");
        assertEquals("", String.join("\n", bad));
    }

    @Test
    void refusesATextThatIsMissingOrEmptyInOneLanguage() {
        assertEquals(List.of(), differences("m", "a=x\nb=y", "b=z\na=w"));
        assertEquals(1, differences("m", "a=x", "").size());
        assertEquals(1, differences("m", "a=x", "a=y\nb=z").size());
        assertEquals(1, differences("m", "a=x", "a=").size());
    }

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

    private static List<String> differences(String file, String english, String german) {
        Properties left = properties(english);
        Properties right = properties(german);
        List<String> bad = new ArrayList<>();
        var keys = new TreeSet<>(left.stringPropertyNames());
        keys.addAll(right.stringPropertyNames());
        for (String key : keys) {
            if (left.getProperty(key, "").isBlank() || right.getProperty(key, "").isBlank()) {
                bad.add(file + ": " + key + " is not there in both languages");
            }
        }
        return bad;
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
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
