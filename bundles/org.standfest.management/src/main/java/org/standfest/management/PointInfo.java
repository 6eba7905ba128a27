package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One recovery point.
 *
 * @param id stable id within the system
 * @param takenAt the instant whose state it holds
 * @param committedAt when it was complete on the standby
 * @param sizeBytes size of all its volumes as the system sees them
 * @param storedBytes what it occupies in the pool; -1 if not known
 * @param newest whether it is the newest one, which would be started
 * @param held whether a machine runs over it, so that it may not change
 * @param volumes names of its volumes
 */
public record PointInfo(
        String id,
        Instant takenAt,
        Instant committedAt,
        long sizeBytes,
        long storedBytes,
        boolean newest,
        boolean held,
        List<String> volumes) {

    /** Checks that nothing is missing. */
    public PointInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(committedAt);
        volumes = List.copyOf(volumes);
    }
}
