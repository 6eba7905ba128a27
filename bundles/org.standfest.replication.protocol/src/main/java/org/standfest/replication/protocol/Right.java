package org.standfest.replication.protocol;

/** What an operator may do; each includes those before it. */
public enum Right {
    /** Look at everything. */
    SEE,
    /** Start systems on the standby, bring them back, ask for a replication. */
    ACTIVATE,
    /** Invite, revoke, change settings, stop the standby. */
    ADMINISTRATE;

    /** Whether this right includes another. */
    public boolean includes(Right other) {
        return compareTo(other) >= 0;
    }
}
