package org.standfest.management;

import java.time.Instant;
import java.util.Optional;

/**
 * What an outage really cost.
 *
 * @param lastPositiveAt the last positive test before the outage
 * @param noticedAt when the outage was noticed
 * @param pointTakenAt the instant of the recovery point that was started
 * @param servedAgainAt the first positive test after it
 * @param rtaMillis recovery time actual: from notice to the first positive test, milliseconds
 * @param awayMillis from the last positive test before to the first one after, milliseconds
 * @param rpaMillis recovery point actual: from the recovery point to the last positive test before
 *     the outage (to its notice if there was none), milliseconds; what was written in this time is
 *     not in the image
 */
public record MeasuredTimes(
        Optional<Instant> lastPositiveAt,
        Optional<Instant> noticedAt,
        Optional<Instant> pointTakenAt,
        Optional<Instant> servedAgainAt,
        Optional<Long> rtaMillis,
        Optional<Long> awayMillis,
        Optional<Long> rpaMillis) {

    /** Nothing measured. */
    public static final MeasuredTimes NONE =
            new MeasuredTimes(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
