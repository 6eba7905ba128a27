package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

import java.util.Map;

/**
 * The repaired or new machine, reached through its agent. Every call blocks until it is done and
 * may be repeated with the same arguments: the agent goes on or finds it done.
 */
public interface HomeMachine {

    /** How far a copy is, and whether it shall stop. */
    interface Watch {
        /** Reports bytes; the total is -1 if unknown. */
        void progress(long done, long total);

        /** Reports in the end what went over the wire, in bytes. */
        void moved(long bytes);

        /** Whether to stop. */
        boolean cancelled();
    }

    /** Whether the agent is connected, can be a landing place, and may have this system. */
    Outcome<Void> ready(String systemId, String agentId);

    /**
     * Prepares the disks there and pulls the bulk copy.
     *
     * @param returnId names the return
     * @param target kind of landing place; empty = the one the agent offers
     * @param options settings of the landing place
     */
    Outcome<Void> copyBulk(
            String systemId,
            String agentId,
            String returnId,
            String target,
            Map<String, String> options,
            Watch watch);

    /** Pulls what has changed since the bulk copy. */
    Outcome<Void> copyFinal(String systemId, String agentId, String returnId, Watch watch);

    /** Starts the system there and protects it there from now on. */
    Outcome<Void> start(String systemId, String agentId, String returnId);

    /**
     * Stops the system there.
     *
     * @param discard whether to remove what was written too
     */
    Outcome<Void> undo(String systemId, String agentId, String returnId, boolean discard);

    /** Makes a recovery point of the system at its new place. */
    Outcome<Void> replicate(String systemId, String agentId, long epoch, Watch watch);
}
