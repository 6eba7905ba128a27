package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

/**
 * The primary of a system, reached through its agent, for a planned switch. Every call blocks until
 * it is done and may be repeated. Safe for any thread.
 */
public interface PrimaryMachine {

    /** Whether the agent is connected and able to shut the system down in good order. */
    Outcome<Void> canShutDown(String systemId, String agentId);

    /** Makes a recovery point of the primary as it is now. */
    Outcome<Void> replicate(String systemId, String agentId, HomeMachine.Watch watch);

    /**
     * Shuts the system down in good order; its volumes stay readable for the last replication. Done
     * also if it is off already. Failed if it does not obey; it then still runs.
     */
    Outcome<Void> shutDown(String systemId, String agentId);

    /** Lets the system run again after {@link #shutDown}. Done also if it never was shut down. */
    Outcome<Void> startAgain(String systemId, String agentId);

    /**
     * Ends what {@link #shutDown} kept for reading. Done also if there is nothing, or if the agent
     * is away: the system itself is off, and locked out by its epoch.
     */
    Outcome<Void> letGo(String systemId, String agentId);
}
