package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Whether a system could be started on the standby right now, and why not.
 *
 * @param systemId the system
 * @param at when it was looked at
 * @param ready no check is red
 * @param checks everything that was looked at, in the order in which it should be mended
 */
public record ReadinessView(
        String systemId, Instant at, boolean ready, List<ReadinessCheck> checks) {
    /** Checks that nothing is missing. */
    public ReadinessView {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(at);
        checks = List.copyOf(checks);
    }
}
