package org.standfest.replication.pool;

import java.util.List;

/**
 * Where the pool's space goes.
 *
 * @param totalBytes size of the file system; 0 when unknown
 * @param usableBytes what the file system would still give
 * @param reserveBytes what of it is never used
 * @param systems the systems, by id
 */
public record PoolSpace(
        long totalBytes, long usableBytes, long reserveBytes, List<SystemSpace> systems) {

    /** Copies. */
    public PoolSpace {
        systems = List.copyOf(systems);
    }

    /** What all systems occupy. */
    public long usedBytes() {
        return systems.stream().mapToLong(SystemSpace::usedBytes).sum();
    }

    /**
     * The space of one system, in allocated bytes. What points share is counted once.
     *
     * @param systemId the system
     * @param currentBytes its newest point, with manifests
     * @param olderBytes what its older points have that the newest has not
     * @param stagingBytes what has been received and not committed
     * @param quotaBytes how much it may occupy; 0 for as much as there is
     */
    public record SystemSpace(
            String systemId,
            long currentBytes,
            long olderBytes,
            long stagingBytes,
            long quotaBytes) {

        /** All of it. */
        public long usedBytes() {
            return currentBytes + olderBytes + stagingBytes;
        }
    }
}
