package org.standfest.management;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A part of the journal.
 *
 * @param lines entries, oldest first
 * @param total number of entries in the whole journal
 * @param broken where and how the chain of hashes is broken; empty if the whole journal is proved
 *     to be unchanged
 */
public record JournalExcerpt(List<JournalLine> lines, long total, Optional<Reason> broken) {

    /** Checks that nothing is missing. */
    public JournalExcerpt {
        lines = List.copyOf(lines);
        Objects.requireNonNull(broken);
    }
}
