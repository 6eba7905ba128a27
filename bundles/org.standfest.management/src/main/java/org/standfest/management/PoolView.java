package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The image pool and where its space goes.
 *
 * @param usableBytes what its file system would still give
 * @param reserveBytes what of it is never used; a session is refused before
 * @param warnBytes an alarm is raised when less than this is usable
 * @param usedBytes what all systems occupy together
 * @param systems the systems, by id
 */
public record PoolView(
        long usableBytes,
        long reserveBytes,
        long warnBytes,
        long usedBytes,
        List<SystemSpace> systems) {

    /** Copies. */
    public PoolView {
        systems = List.copyOf(systems);
    }

    /**
     * The space of one system, in allocated bytes.
     *
     * @param systemId the system
     * @param name its name for people
     * @param customer whose it is; empty for nobody in particular
     * @param points how many recovery points are kept
     * @param newestAt the instant of the newest one
     * @param currentBytes the newest point
     * @param olderBytes the older points
     * @param stagingBytes what came in and is no point yet
     * @param quotaBytes what it may occupy; 0 for no limit
     * @param alarms how many alarms of it nobody has acknowledged
     * @param problem why it cannot be opened; empty if it can
     */
    public record SystemSpace(
            String systemId,
            String name,
            String customer,
            int points,
            Optional<Instant> newestAt,
            long currentBytes,
            long olderBytes,
            long stagingBytes,
            long quotaBytes,
            int alarms,
            Optional<Reason> problem) {

        /** Checks that nothing is missing. */
        public SystemSpace {
            Objects.requireNonNull(systemId);
            Objects.requireNonNull(name);
            Objects.requireNonNull(customer);
            Objects.requireNonNull(newestAt);
            Objects.requireNonNull(problem);
        }

        /** All of it. */
        public long totalBytes() {
            return currentBytes + olderBytes + stagingBytes;
        }
    }
}
