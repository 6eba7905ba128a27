package org.standfest.replication.engine;

import org.standfest.replication.protocol.Peer;
import org.standfest.results.Outcome;

/** Decides which agent may work on which system. Any thread; must not block long. */
@FunctionalInterface
public interface SystemAccess {

    /**
     * Done when the agent may replicate the system and take it back; refused with the reason
     * otherwise.
     */
    Outcome<Void> admit(Peer.Agent agent, String systemId);
}
