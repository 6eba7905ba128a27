package org.standfest.management;

import java.time.Instant;
import java.util.Objects;

/**
 * A one-time code with which an agent or an operator enrols at a standby.
 *
 * @param code the code; shown once
 * @param name name that the certificate will bear
 * @param validUntil when it expires unused
 */
public record Invitation(String code, String name, Instant validUntil) {

    /** Checks that nothing is missing. */
    public Invitation {
        Objects.requireNonNull(code);
        Objects.requireNonNull(name);
        Objects.requireNonNull(validUntil);
    }

    /** Keeps the code out of logs. */
    @Override
    public String toString() {
        return "Invitation[" + name + ", valid until " + validUntil + "]";
    }
}
