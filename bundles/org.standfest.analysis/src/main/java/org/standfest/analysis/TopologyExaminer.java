package org.standfest.analysis;

import org.standfest.topology.Topology;

import java.util.function.BooleanSupplier;

/**
 * Runs all rules there are on a topology. Offered as an OSGi service; not for partners to
 * implement. Safe for any thread as long as nobody changes the topology meanwhile.
 */
public interface TopologyExaminer {

    /**
     * Examines a topology; blocks until done (100,000 elements: a few seconds).
     *
     * @param cancelled asked between rules; when it answers true, the report ends there and says so
     */
    TopologyReport examine(Topology topology, BooleanSupplier cancelled);
}
