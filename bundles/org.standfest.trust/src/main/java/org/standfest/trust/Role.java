package org.standfest.trust;

import java.util.Locale;

/** The kinds of identities an authority knows. */
public enum Role {
    /** Protects systems. */
    AGENT,
    /** Manages the standby. */
    OPERATOR,
    /** The standby itself. */
    STANDBY;

    /** As it is written in certificates and files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
