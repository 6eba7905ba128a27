package org.standfest.replication.agent;

import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Outcome;

/** Opens channels to this agent's standby. Any thread. */
@FunctionalInterface
public interface Line {

    /** A new channel for a purpose. */
    Outcome<Channel> open(Purpose purpose);
}
