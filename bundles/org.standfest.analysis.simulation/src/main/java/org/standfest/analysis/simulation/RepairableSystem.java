package org.standfest.analysis.simulation;

import java.util.BitSet;

/**
 * Components that fail and are repaired, and what their failures mean. Rates are per hour.
 * Implementations answer from any thread and do not change.
 */
public interface RepairableSystem {

    /** How many components there are. */
    int components();

    /** How often a working component fails; above 0. */
    double failureRatePerHour(int component, BitSet failed);

    /**
     * How fast a failed component is being repaired; 0 while it waits for a crew. Somebody is
     * repaired whenever something is failed.
     */
    double repairRatePerHour(int component, BitSet failed);

    /** Whether the whole is down. */
    boolean isDown(BitSet failed);
}
