package org.standfest.replication.engine.groups;

import org.standfest.replication.protocol.GroupMessage;
import org.standfest.results.Outcome;

/** The way from the standby to its agents; implemented over their control lines. */
@FunctionalInterface
public interface GroupLink {

    /**
     * Sends an order.
     *
     * @return failed when the agent is away or its line broke; may block for as long as a line may
     */
    Outcome<Void> send(String agentId, GroupMessage.Order order);
}
