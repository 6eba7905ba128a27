package org.standfest.replication.pool;

/**
 * How far a long act is, and whether it shall stop. Called on the thread of the act, often; must
 * return at once.
 */
public interface Progress {

    /** Nobody watches, nobody cancels. */
    Progress NONE = (doneBytes, totalBytes) -> {};

    /**
     * Reports progress.
     *
     * @param doneBytes 0 to {@code totalBytes}
     * @param totalBytes the whole amount, or 0 while it is unknown
     */
    void report(long doneBytes, long totalBytes);

    /**
     * Whether the act shall stop at the next possible moment; it is then refused and leaves nothing
     * behind.
     */
    default boolean cancelled() {
        return false;
    }
}
