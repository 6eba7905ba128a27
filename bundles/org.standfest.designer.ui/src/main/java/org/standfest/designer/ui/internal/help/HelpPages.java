package org.standfest.designer.ui.internal.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All pages of a language, in the order in which they are best read. Safe for any thread. */
final class HelpPages {

    /** The pages; each has a file for each language. */
    static final List<String> IDS =
            List.of(
                    "begin",
                    "drawing",
                    "elements",
                    "protection",
                    "patterns",
                    "findings",
                    "whatif",
                    "availability",
                    "weakspots",
                    "variants",
                    "exchange",
                    "documents",
                    "keys");

    private final List<HelpPage> pages;

    /** Reads those of the language, else the English ones. */
    HelpPages(Locale locale) {
        String language = "de".equals(locale.getLanguage()) ? "de" : "en";
        pages = IDS.stream().map(id -> HelpPage.of(id, source(language, id))).toList();
    }

    private static String source(String language, String id) {
        String file = "pages_" + language + "/" + id + ".txt";
        try (InputStream in = HelpPages.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException fault) {
            throw new UncheckedIOException("a page of the program itself: " + file, fault);
        }
    }

    List<HelpPage> all() {
        return pages;
    }

    Optional<HelpPage> page(String id) {
        return pages.stream().filter(it -> it.id().equals(id)).findFirst();
    }

    /** The page for a part of the window; else the first. */
    HelpPage forPart(String partId) {
        String word = partId.substring(partId.lastIndexOf('.') + 1);
        return pages.stream()
                .filter(it -> it.parts().contains(word))
                .findFirst()
                .orElse(pages.getFirst());
    }
}
