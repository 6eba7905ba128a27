package org.standfest.management;

import java.util.Locale;

/** Where a protected system is in its course, in the words of BSI 200-4. */
public enum SystemState {
    /** The primary serves; changes are replicated. */
    NORMAL_OPERATION,
    /** The service does not answer; nothing was started yet. */
    OUTAGE,
    /** An activation is under way on the standby. */
    RESTART,
    /** The standby serves in the primary's place. */
    EMERGENCY_OPERATION,
    /** The bulk of the data is copied to the new machine while the standby serves. */
    RESTORATION,
    /** The standby is shut down and the new machine takes over. */
    RETURN,
    /** A start for the sake of exercise, isolated from every network. */
    REHEARSAL,
    /** A person must decide before anything else may happen. */
    BLOCKED;

    /** The words of this state for people. */
    public String text(Locale locale) {
        return ManagementTexts.CATALOG.text(locale, "state." + name());
    }

    /** One sentence about what this state means. */
    public String description(Locale locale) {
        return ManagementTexts.CATALOG.text(locale, "state." + name() + ".description");
    }
}
