package org.standfest.management;

import java.util.Objects;
import java.util.Optional;

/**
 * Which RPO the line can reach, from the sessions so far.
 *
 * @param systemId the system
 * @param sessions how many sessions it is drawn from
 * @param changedBytesPerHour how much changes
 * @param lineBytesPerSecond how fast the line was
 * @param reachableRpoMillis the age that the newest point will have at worst, milliseconds; -1 when
 *     the line is too slow for the changes
 * @param objectiveMillis what the policy wants; 0 for no objective
 * @param verdict what that means; empty when the objective will be kept
 */
public record ForecastView(
        String systemId,
        int sessions,
        long changedBytesPerHour,
        long lineBytesPerSecond,
        long reachableRpoMillis,
        long objectiveMillis,
        Optional<FindingInfo> verdict) {

    /** Checks that nothing is missing. */
    public ForecastView {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(verdict);
    }
}
