package org.standfest.management;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The recovery points of a system's emergency operation.
 *
 * @param systemId the system
 * @param poolId under which name the pool keeps them; {@code pool show} and {@code pool export}
 *     take it
 * @param atWork whether one is being made now
 * @param points the newest first
 * @param problem why the last attempt made none, or did not reach the second standby; empty if it
 *     did
 */
public record EmergencyPointList(
        String systemId,
        String poolId,
        boolean atWork,
        List<PointInfo> points,
        Optional<Reason> problem) {

    /** Checks that nothing is missing. */
    public EmergencyPointList {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(poolId);
        points = List.copyOf(points);
        Objects.requireNonNull(problem);
    }
}
