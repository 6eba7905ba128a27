package org.standfest.management;

import java.time.Instant;
import java.util.Objects;

/**
 * The last replication session of a system in figures.
 *
 * @param finishedAt when it ended
 * @param committed whether it made a recovery point
 * @param blocksChanged 64 KiB blocks that had changed
 * @param blocksSent blocks whose content travelled
 * @param bytesChanged bytes in the changed blocks
 * @param bytesSent bytes on the wire, both directions, before encryption
 * @param tookMillis duration in milliseconds
 */
public record SessionInfo(
        Instant finishedAt,
        boolean committed,
        long blocksChanged,
        long blocksSent,
        long bytesChanged,
        long bytesSent,
        long tookMillis) {

    /** Checks that nothing is missing. */
    public SessionInfo {
        Objects.requireNonNull(finishedAt);
    }
}
