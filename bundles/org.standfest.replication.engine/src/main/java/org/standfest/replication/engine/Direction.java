package org.standfest.replication.engine;

/** Which way a session goes. */
public enum Direction {
    /** From an agent into the image pool. */
    REPLICATE,
    /** From the standby to the machine a system returns to. */
    RESTORE
}
