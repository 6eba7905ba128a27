package org.standfest.management;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One isolated start of an image, kept as a proof.
 *
 * @param id names it; the rehearsal that made it
 * @param pointId the recovery point that was started
 * @param pointTakenAt the instant whose state that point holds
 * @param at when the service was seen, or when that was given up
 * @param proved whether the service was seen
 * @param bootMillis from the start of the machine until then, milliseconds
 * @param picture whether there is a picture of the console
 * @param why why the service was not seen; empty if it was
 */
public record BootProof(
        String id,
        String pointId,
        Instant pointTakenAt,
        Instant at,
        boolean proved,
        long bootMillis,
        boolean picture,
        Optional<Reason> why) {
    /** Checks that nothing is missing. */
    public BootProof {
        Objects.requireNonNull(id);
        Objects.requireNonNull(pointId);
        Objects.requireNonNull(pointTakenAt);
        Objects.requireNonNull(at);
        Objects.requireNonNull(why);
    }
}
