package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Topology;

import java.util.List;

final class Objectives {
    Objectives(
            Topology topology,
            Assumptions assumptions,
            AvailabilityReport report,
            List<TakeoverResult> takeovers) {}

    List<ServiceObjectives> of(Watcher watcher) {
        return List.of();
    }
}
