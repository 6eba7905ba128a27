package org.standfest.standby;

import org.standfest.management.JournalLine;
import org.standfest.recovery.journal.JournalEntry;

import java.util.Locale;

/** Puts entries of the journal into words. */
final class JournalWords {

    private JournalWords() {}

    static JournalLine line(JournalEntry entry, Locale language) {
        return new JournalLine(
                entry.number(),
                entry.at(),
                entry.who(),
                entry.systemId(),
                entry.what(),
                text(entry, language),
                entry.hash());
    }

    private static String text(JournalEntry entry, Locale language) {
        String words = StandbyTexts.text(language, "journal." + entry.what());
        String known = words.startsWith("!") ? entry.what() : words;
        String details =
                entry.details().entrySet().stream()
                        .filter(detail -> !detail.getValue().isEmpty())
                        .map(detail -> detail.getKey() + "=" + detail.getValue())
                        .reduce((one, other) -> one + ", " + other)
                        .orElse("");
        return details.isEmpty() ? known : known + " (" + details + ")";
    }
}
