package org.standfest.demo;

import java.time.Instant;

/**
 * One entry that a user wrote.
 *
 * @param text what was written, unique
 * @param era when in the journey
 * @param sentAt when the request left
 * @param acknowledgedAt when the guest said that it is on disk; {@code null} if it never did
 */
record Entry(String text, Era era, Instant sentAt, Instant acknowledgedAt) {

    boolean acknowledged() {
        return acknowledgedAt != null;
    }

    /** Where the system ran when the entry was written. */
    enum Era {
        /** On its own machine, before the outage. */
        BEFORE,
        /** On the standby. */
        EMERGENCY,
        /** On its new machine. */
        HOME
    }
}
