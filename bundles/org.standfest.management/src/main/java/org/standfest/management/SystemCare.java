package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One system in the pool, as who cares for it sees it.
 *
 * @param space its space
 * @param policy what is kept, how much and how fast
 * @param schedule when its agent replicates by itself, as it reports
 * @param paused whether somebody has paused that
 * @param retentionStopped why nothing is removed by retention now; empty when it works
 * @param provedAt when source and pool were last proved identical
 * @param verifiedAt when all its points were last re-read without a finding
 * @param points its points, the newest first
 */
public record SystemCare(
        PoolView.SystemSpace space,
        CarePolicy policy,
        String schedule,
        boolean paused,
        Optional<Reason> retentionStopped,
        Optional<Instant> provedAt,
        Optional<Instant> verifiedAt,
        List<PointCare> points) {

    /** Checks that nothing is missing. */
    public SystemCare {
        Objects.requireNonNull(space);
        Objects.requireNonNull(policy);
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(retentionStopped);
        Objects.requireNonNull(provedAt);
        Objects.requireNonNull(verifiedAt);
        points = List.copyOf(points);
    }
}
