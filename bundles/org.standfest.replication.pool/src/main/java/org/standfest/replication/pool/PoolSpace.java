package org.standfest.replication.pool;

import java.util.List;

/**
 * Where the pool's space goes.
 *
 * @param usableBytes what the file system would still give
 * @param reserveBytes what of it is never used
 * @param systems the systems, by id
 */
public record PoolSpace(long usableBytes, long reserveBytes, List<SystemSpace> systems) {

    /** Copies. */
    public PoolSpace {
        systems = List.copyOf(systems);
    }

    /**
     * The space of one system, in allocated bytes.
     *
     * @param systemId the system
     * @param currentBytes its newest point, with manifests
     * @param olderBytes its older points
     * @param stagingBytes what has been received and not committed
     */
    public record SystemSpace(
            String systemId, long currentBytes, long olderBytes, long stagingBytes) {}
}
