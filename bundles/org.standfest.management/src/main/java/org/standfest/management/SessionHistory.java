package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Sessions of a system.
 *
 * @param systemId the system
 * @param sessions the newest first
 */
public record SessionHistory(String systemId, List<Entry> sessions) {

    /** Checks that nothing is missing. */
    public SessionHistory {
        Objects.requireNonNull(systemId);
        sessions = List.copyOf(sessions);
    }

    /**
     * One session, as the standby saw it.
     *
     * @param startedAt when it began
     * @param endedAt when it ended
     * @param point the point it made; empty if it made none
     * @param problem code of why it made none; empty if it made one
     * @param trigger who wanted it: {@code schedule}, {@code continuous}, {@code again} (the
     *     schedule, after an attempt that came to nothing), {@code person}, {@code standby}, {@code
     *     group} or {@code comparison}
     * @param first whether it was a first copy
     * @param bytesChanged bytes that differed
     * @param bytesOnWire bytes on the wire in both directions
     * @param tookMillis duration in milliseconds
     */
    public record Entry(
            Instant startedAt,
            Instant endedAt,
            Optional<String> point,
            Optional<String> problem,
            String trigger,
            boolean first,
            long bytesChanged,
            long bytesOnWire,
            long tookMillis) {

        /** Checks that nothing is missing. */
        public Entry {
            Objects.requireNonNull(startedAt);
            Objects.requireNonNull(endedAt);
            Objects.requireNonNull(point);
            Objects.requireNonNull(problem);
            Objects.requireNonNull(trigger);
        }
    }
}
