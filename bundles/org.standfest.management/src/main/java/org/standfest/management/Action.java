package org.standfest.management;

import java.util.Locale;

/** What a person can ask for with a protected system. */
public enum Action {
    /** Make a new recovery point now. */
    REPLICATE,
    /** Say that the primary failed, before the watch has noticed. */
    REPORT_OUTAGE,
    /** Start the newest image on the standby: emergency operation. */
    ACTIVATE,
    /** Change over from a healthy primary in good order, so that nothing is lost. */
    SWITCH,
    /** Take an activation back. */
    UNDO,
    /** Bring the system home to a repaired or new machine. */
    RETURN,
    /** Start the newest image isolated, for exercise and as a proof. */
    REHEARSE,
    /** Say that a block may be lifted. */
    UNBLOCK;

    /** The words of this action for people, in the imperative. */
    public String text(Locale locale) {
        return ManagementTexts.CATALOG.text(locale, "action." + name());
    }
}
