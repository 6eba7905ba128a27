package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When the pool was and will be re-read.
 *
 * @param everyHours how often; 0 for never by itself
 * @param bytesPerSecond at most so fast; 0 for as fast as it goes
 * @param runningTask the scrub under way
 * @param nextAt when the next one begins; empty when none is planned
 * @param systems the systems, by id
 */
public record ScrubStatus(
        long everyHours,
        long bytesPerSecond,
        Optional<String> runningTask,
        Optional<Instant> nextAt,
        List<OfSystem> systems) {

    /** Checks that nothing is missing. */
    public ScrubStatus {
        Objects.requireNonNull(runningTask);
        Objects.requireNonNull(nextAt);
        systems = List.copyOf(systems);
    }

    /**
     * One system.
     *
     * @param systemId the system
     * @param scrubbedAt when it was last re-read to the end
     * @param checkedBytes how much was read then
     * @param findings how much was wrong then
     */
    public record OfSystem(
            String systemId, Optional<Instant> scrubbedAt, long checkedBytes, int findings) {

        /** Checks that nothing is missing. */
        public OfSystem {
            Objects.requireNonNull(systemId);
            Objects.requireNonNull(scrubbedAt);
        }
    }
}
