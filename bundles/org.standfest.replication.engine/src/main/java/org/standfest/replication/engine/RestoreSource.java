package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.results.Outcome;

import java.util.Optional;

/**
 * Supplied by the standby: opens what an agent wants to bring home. Any thread; may block while a
 * snapshot is taken.
 */
@FunctionalInterface
public interface RestoreSource {

    /**
     * Opens the view.
     *
     * @param request which system, return and phase
     * @param basisToken the token the last completed pull of this return was settled with; changes
     *     are wanted since then
     * @return refused when no return of this system to this agent is under way, or the phase does
     *     not fit
     */
    Outcome<RestoreView> open(
            Peer.Agent agent, Message.RestoreRequest request, Optional<String> basisToken);
}
