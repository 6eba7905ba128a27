package org.standfest.replication.protocol;

/** What a connection is opened for; decides who may open it and which messages may follow. */
public enum Purpose {
    /** A newcomer without a certificate trades a one-time code for one. */
    ENROL(1),
    /** An agent's standing line for reports and commands. */
    CONTROL(2),
    /** One session from an agent into the image pool. */
    REPLICATE(3),
    /** One session from the standby to a machine a system returns to. */
    RESTORE(4),
    /** Requests of a person or a program with an operator's identity. */
    MANAGE(5),
    /** An agent compares its source with the pool. */
    COMPARE(6),
    /** An agent gets a new certificate before its own ends. */
    RENEW(7);

    private final int code;

    Purpose(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
