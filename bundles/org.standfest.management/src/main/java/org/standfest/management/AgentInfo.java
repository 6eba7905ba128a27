package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An agent or operator that is known to a standby.
 *
 * @param id stable id, the name in its certificate
 * @param operator whether it is an operator and no agent
 * @param connected whether it is connected now
 * @param lastSeenAt when it was last heard of
 * @param systems systems it protects
 */
public record AgentInfo(
        String id,
        boolean operator,
        boolean connected,
        Optional<Instant> lastSeenAt,
        List<String> systems) {

    /** Checks that nothing is missing. */
    public AgentInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(lastSeenAt);
        systems = List.copyOf(systems);
    }
}
