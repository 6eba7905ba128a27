package org.standfest.replication.transport;

import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.results.Explanation;

import java.time.Duration;

/** What a listener tells its owner, for the journal. */
public sealed interface TransportEvent {

    /** A known peer was welcomed. */
    record Welcomed(String remoteAddress, Peer peer, Purpose purpose, String product)
            implements TransportEvent {}

    /** Somebody was turned away before a handler saw it. */
    record TurnedAway(String remoteAddress, Explanation why) implements TransportEvent {}

    /** A welcomed channel ended; {@code why} is {@code null} after a goodbye. */
    record Ended(
            Peer peer, Purpose purpose, Duration lasted, Channel.Traffic traffic, Explanation why)
            implements TransportEvent {}

    /** A handler has a bug. */
    record HandlerFault(Peer peer, Purpose purpose, Throwable fault) implements TransportEvent {}
}
