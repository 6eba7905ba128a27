package org.standfest.recovery.plans;

import org.standfest.recovery.Told;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of starting an image in isolation: whether it is proved to start.
 *
 * @param operationId the rehearsal
 * @param pointId the recovery point that was started
 * @param pointTakenAt the instant whose state that point holds
 * @param begunAt when the machine was started
 * @param at when its service was seen, or when that was given up
 * @param why why its service was not seen; empty if it was
 */
public record BootReport(
        String operationId,
        String pointId,
        Instant pointTakenAt,
        Instant begunAt,
        Instant at,
        Optional<Told> why) {

    /** Checks that nothing is missing. */
    public BootReport {
        Objects.requireNonNull(operationId);
        Objects.requireNonNull(pointId);
        Objects.requireNonNull(pointTakenAt);
        Objects.requireNonNull(begunAt);
        Objects.requireNonNull(at);
        Objects.requireNonNull(why);
    }
}
