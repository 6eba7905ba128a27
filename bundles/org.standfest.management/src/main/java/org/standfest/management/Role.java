package org.standfest.management;

import java.util.Locale;

/** What an operator may do; each role includes the ones before it. */
public enum Role {
    /** Look at everything, change nothing. */
    SEE,
    /** Start, return and rehearse systems. */
    ACTIVATE,
    /** Invite, revoke, configure and stop. */
    ADMINISTRATE;

    /** The words of this role for people. */
    public String text(Locale locale) {
        return ManagementTexts.CATALOG.text(locale, "role." + name());
    }

    /** Whether somebody with this role may do what needs the other. */
    public boolean includes(Role needed) {
        return ordinal() >= needed.ordinal();
    }
}
