package org.standfest.management;

import java.util.Objects;

/**
 * What one witness said before a start: whether an address is free or the old machine is gone.
 *
 * @param witness what was asked, for example {@code tcp} or {@code agent}
 * @param subject what it was asked about, for example an address
 * @param verdict what it said
 * @param reason why, in the caller's language
 * @param tookMillis how long it took, milliseconds
 */
public record WitnessReport(
        String witness, String subject, Light verdict, Reason reason, long tookMillis) {

    /** Checks that nothing is missing. */
    public WitnessReport {
        Objects.requireNonNull(witness);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(reason);
    }

    /** A traffic light with a meaning that does not need the colour. */
    public enum Light {
        /** Speaks for a start. */
        GREEN,
        /** Does not know. */
        YELLOW,
        /** Speaks against a start. */
        RED
    }
}
