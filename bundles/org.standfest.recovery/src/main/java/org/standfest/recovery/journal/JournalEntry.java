package org.standfest.recovery.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One act in the journal.
 *
 * @param number position from 1
 * @param at when
 * @param who an operator, an agent, or {@code standby}
 * @param systemId the system; empty for the standby itself
 * @param what stable code of the act
 * @param details further facts, sorted
 * @param previous hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over everything above, hexadecimal
 */
public record JournalEntry(
        long number,
        Instant at,
        String who,
        String systemId,
        String what,
        Map<String, String> details,
        String previous,
        String hash) {

    /** Checks that nothing is missing. */
    public JournalEntry {
        Objects.requireNonNull(at);
        Objects.requireNonNull(who);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(what);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
        Objects.requireNonNull(previous);
        Objects.requireNonNull(hash);
    }
}
