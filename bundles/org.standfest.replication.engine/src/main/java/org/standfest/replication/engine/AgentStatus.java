package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message.AgentReport;

import java.time.Instant;
import java.util.Objects;

/**
 * What the standby knows of an agent.
 *
 * @param agentId its id
 * @param connected whether its line stands now
 * @param lastSeen when it was last heard of
 * @param report its newest report
 */
public record AgentStatus(String agentId, boolean connected, Instant lastSeen, AgentReport report) {

    /** Checks that nothing is missing. */
    public AgentStatus {
        Objects.requireNonNull(agentId);
        Objects.requireNonNull(lastSeen);
        Objects.requireNonNull(report);
    }
}
