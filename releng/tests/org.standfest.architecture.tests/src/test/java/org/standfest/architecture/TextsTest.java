package org.standfest.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class TextsTest {

    private static final Pattern EXPLAINED = Pattern.compile("\\bexplain\\(\\s*\"([a-z0-9.-]+)\"");

    /** The simulator gives what it does the codes of the real thing; nobody reads its sentences. */
    private static final String SIMULATOR = "org.standfest.replication.simulation";

    @Test
    void everyTextIsThereInBothLanguagesAndWellFormed() throws IOException {
        List<Texts> all = texts(House.root().resolve("bundles"));
        assertFalse(all.isEmpty(), "no texts were seen");
        assertEquals(
                "", String.join("\n", all.stream().flatMap(it -> it.faults().stream()).toList()));
    }

    @Test
    void everyExplanationHasItsSentences() throws IOException {
        List<String> bad = new ArrayList<>();
        int seen = 0;
        for (Path bundle : House.folders(House.root().resolve("bundles")).toList()) {
            if (bundle.endsWith(SIMULATOR)) {
                continue;
            }
            List<Texts> texts = texts(bundle);
            for (String code : codes(bundle.resolve("src/main/java"))) {
                seen++;
                if (texts.stream().noneMatch(it -> it.explains(code))) {
                    bad.add(bundle.getFileName() + ": " + code + " has no sentences");
                }
            }
        }
        assertTrue(seen > 0, "no explanations were seen");
        assertEquals("", String.join("\n", bad));
    }

    @Test
    void refusesATextThatIsMissingOrEmptyInOneLanguage() {
        assertEquals(0, faults("a=x\nb=y", "b=z\na=w"));
        assertEquals(1, faults("a=x", ""));
        assertEquals(1, faults("a=x", "a=y\nb=z"));
        assertEquals(1, faults("a=x", "a="));
    }

    @Test
    void refusesATextThatFillsInOtherPlacesOrIsNoPattern() {
        assertEquals(0, faults("a={0} of {1}", "a={1}, davon {0}"));
        assertEquals(1, faults("a={0} of {1}", "a={0}"));
        assertEquals(1, faults("a=it's {0}", "a=es ist {0}"));
        assertEquals(0, faults("a=it''s {0}", "a=es ist {0}"));
        assertEquals(2, faults("a={0", "a={0"));
    }

    @Test
    void anExplanationNeedsAllOfItsParts() {
        String whole = "pool.full.happened=x\npool.full.meaning=x\npool.full.next=x";
        assertTrue(pair(whole, whole).explains("pool.full"));
        assertTrue(pair(whole, whole).explains("full"));
        assertFalse(pair(whole, whole).explains("ull"));
        assertFalse(pair(whole.replace("next", "then"), "").explains("full"));
    }

    private static int faults(String english, String german) {
        return pair(english, german).faults().size();
    }

    private static Texts pair(String english, String german) {
        return new Texts("messages.properties", Texts.parse(english), Texts.parse(german));
    }

    private static List<Texts> texts(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Texts::isEnglish).map(Texts::read).toList();
        }
    }

    /**
     * Codes that stand whole in the source; of those that are put together only the end is seen.
     */
    private static List<String> codes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(it -> it.toString().endsWith(".java"))
                    .flatMap(it -> EXPLAINED.matcher(House.text(it)).results())
                    .map(it -> it.group(1))
                    .filter(code -> !code.endsWith(".") && !code.endsWith("-"))
                    .toList();
        }
    }
}
