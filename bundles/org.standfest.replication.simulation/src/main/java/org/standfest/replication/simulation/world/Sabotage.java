package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.Act;

/**
 * Switches a safeguard of production code off, so that one sees that the simulator would notice.
 * Tests only.
 */
@FunctionalInterface
public interface Sabotage {

    /** Production code as it is. */
    Sabotage NONE = (_, _) -> false;

    /** Whether an act on a disk is left out without a word. */
    boolean skips(Act act, String path);
}
