package org.standfest.designer.ui.internal.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class HelpPagesTest {

    private static final String COMMAND = "command:";

    private static String plugin() throws IOException {
        return Files.readString(Path.of("plugin.xml"));
    }

    private static List<HelpPage.Span> links(HelpPage page) {
        return page.spans().stream().filter(it -> it.kind() == HelpPage.Kind.LINK).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyLinkLeadsSomewhere(String language) throws IOException {
        HelpPages pages = new HelpPages(Locale.of(language));
        int links = 0;
        for (HelpPage page : pages.all()) {
            for (HelpPage.Span link : links(page)) {
                links++;
                String target = link.target();
                assertTrue(
                        target.startsWith(COMMAND)
                                ? plugin().contains(
                                                "<command id=\""
                                                        + target.substring(COMMAND.length())
                                                        + '"')
                                : pages.page(target).isPresent(),
                        page.id() + " leads to " + target);
            }
        }
        assertTrue(links > 10, "pages lead to each other and to what they speak of");
    }

    @Test
    void bothLanguagesSayTheSame() {
        HelpPages english = new HelpPages(Locale.ENGLISH);
        HelpPages german = new HelpPages(Locale.GERMAN);
        for (HelpPage page : english.all()) {
            HelpPage other = german.page(page.id()).orElseThrow();
            assertEquals(page.parts(), other.parts(), page.id());
            assertEquals(
                    links(page).stream().map(HelpPage.Span::target).toList(),
                    links(other).stream().map(HelpPage.Span::target).toList(),
                    page.id());
            assertEquals(kinds(page), kinds(other), page.id());
            assertFalse(page.text().equals(other.text()), page.id());
        }
    }

    /** What stands in lines of its own; what is strong may differ between languages. */
    private static List<HelpPage.Kind> kinds(HelpPage page) {
        return page.spans().stream()
                .map(HelpPage.Span::kind)
                .filter(it -> it != HelpPage.Kind.STRONG && it != HelpPage.Kind.KEYS)
                .toList();
    }

    @Test
    void everyViewAndEditorHasAPage() throws IOException {
        HelpPages pages = new HelpPages(Locale.ENGLISH);
        List<String> parts =
                Pattern.compile("<(?:view|editor) id=\"org\\.standfest\\.designer\\.ui\\.(\\w+)\"")
                        .matcher(plugin())
                        .results()
                        .map((MatchResult it) -> it.group(1))
                        .filter(it -> !it.equals("help"))
                        .toList();
        assertTrue(parts.size() >= 10, parts.toString());
        for (String part : parts) {
            assertTrue(
                    pages.all().stream().anyMatch(it -> it.parts().contains(part)),
                    "no page explains " + part);
        }
        assertEquals("findings", pages.forPart("org.standfest.designer.ui.findings").id());
        assertEquals("begin", pages.forPart("a.partner.view").id());
    }

    @Test
    void marksBecomeLooks() {
        HelpPage page =
                HelpPage.of(
                        "x",
                        "# Title\n"
                                + "@ a b\n\n"
                                + "One **strong**\n"
                                + "line, `F1`.\n\n"
                                + "* item [there](keys)\n"
                                + "| k | what |\n");
        assertEquals(List.of("a", "b"), page.parts());
        assertEquals("Title\n\nOne strong line, F1.\n\n\u2022\titem there\nk\twhat", page.text());
        assertEquals("keys", page.targetAt(page.text().indexOf("there")));
        assertEquals("", page.targetAt(0));
        for (HelpPage.Span span : page.spans()) {
            assertTrue(span.start() + span.length() <= page.text().length());
        }
    }

    @Test
    void aPageIsFoundByWordsInAnyCase() {
        HelpPage page = HelpPage.of("x", "# Undo\n\nTakes back.\n");
        assertTrue(page.has("UNDO takes", Locale.ENGLISH));
        assertTrue(page.has("", Locale.ENGLISH));
        assertFalse(page.has("undo redo", Locale.ENGLISH));
    }
}
