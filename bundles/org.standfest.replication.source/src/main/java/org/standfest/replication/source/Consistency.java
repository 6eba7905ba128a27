package org.standfest.replication.source;

/** What a restored state is worth to the application that wrote it, the best first. */
public enum Consistency {
    /** The application had put everything down and held still: a freeze script or a guest agent. */
    APPLICATION,
    /** The file system had put everything down and held still, the application was not asked. */
    FILE_SYSTEM,
    /**
     * One instant, as after a power cut: journals are replayed at the start. Databases and
     * journaling file systems are made for that.
     */
    CRASH,
    /** Parts may show different instants, because nothing held them still while they were read. */
    NONE;

    /** The weaker of two: what holds for both together. */
    public Consistency and(Consistency other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
