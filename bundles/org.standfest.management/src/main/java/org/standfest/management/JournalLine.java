package org.standfest.management;

import java.time.Instant;
import java.util.Objects;

/**
 * One entry of the journal of a standby.
 *
 * @param number position in the journal, from 1
 * @param at when
 * @param who the operator, agent or {@code standby} itself
 * @param systemId the system; empty where it is about the standby
 * @param what stable code of the act, for example {@code step.done}
 * @param text the act in the caller's words
 * @param hash chained SHA-256 in hexadecimal
 */
public record JournalLine(
        long number,
        Instant at,
        String who,
        String systemId,
        String what,
        String text,
        String hash) {

    /** Checks that nothing is missing. */
    public JournalLine {
        Objects.requireNonNull(at);
        Objects.requireNonNull(who);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(what);
        Objects.requireNonNull(text);
        Objects.requireNonNull(hash);
    }
}
