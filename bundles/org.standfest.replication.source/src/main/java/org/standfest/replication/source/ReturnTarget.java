package org.standfest.replication.source;

import org.standfest.results.Outcome;

/**
 * Where a returning system lands: new or repaired hardware that gets the disks and is then started.
 * Registered as an OSGi service (whiteboard) or handed to the agent's constructor; called by the
 * agent on the machine the system returns to. Expected faults are outcomes, never exceptions.
 */
public interface ReturnTarget {

    /** The name used in {@link ReturnRequest#target()}, lower case, unique among all targets. */
    String kind();

    /**
     * Gets the place ready for writing, without starting anything. Its disks read as zeros where
     * this return has not written yet: zeros never travel. Repeatable: after a crash of the agent,
     * the same request finds the place again with what was already written.
     *
     * <p>Refused: the place cannot take it (too small, occupied by something else, a part is
     * missing); nothing was changed.
     */
    Outcome<ReturnSite> prepare(ReturnRequest request);
}
