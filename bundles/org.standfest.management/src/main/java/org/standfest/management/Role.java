package org.standfest.management;

/** What an operator may do; each role includes the ones before it. */
public enum Role {
    /** Look at everything, change nothing. */
    SEE,
    /** Start, return and rehearse systems. */
    ACTIVATE,
    /** Invite, revoke, configure and stop. */
    ADMINISTRATE;

    /** Whether somebody with this role may do what needs the other. */
    public boolean includes(Role needed) {
        return ordinal() >= needed.ordinal();
    }
}
