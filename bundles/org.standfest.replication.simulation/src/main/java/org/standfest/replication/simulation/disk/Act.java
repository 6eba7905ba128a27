package org.standfest.replication.simulation.disk;

/** What a process asks of a disk. */
public enum Act {
    /** Looks at names, sizes, attributes, content. */
    READ,
    /** Opens a file to write, perhaps making or emptying it. */
    OPEN,
    /** Writes, cuts, extends, punches or shares content. */
    WRITE,
    /** Makes, moves, links or removes a name. */
    NAME,
    /** Gives attributes. */
    ATTRIBUTES,
    /** Makes one file durable. */
    FORCE,
    /** Makes the names in one directory durable. */
    SYNC_DIRECTORY,
    /** Makes everything durable. */
    SYNC_ALL,
    /** Begins to listen for writes that fail behind its back. */
    WATCH;

    /** Whether it changes anything, or promises that a change lasts. */
    public boolean isChange() {
        return this != READ;
    }
}
