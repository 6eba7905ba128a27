package org.standfest.replication.engine;

import java.time.Instant;

/**
 * Which session something is about.
 *
 * @param sessionKey names the state that is transferred; the same after a break
 * @param systemId the system
 * @param agentId the agent at the other end, or oneself
 * @param direction which way
 * @param startedAt when this connection began
 */
public record SessionInfo(
        String sessionKey,
        String systemId,
        String agentId,
        Direction direction,
        Instant startedAt) {}
