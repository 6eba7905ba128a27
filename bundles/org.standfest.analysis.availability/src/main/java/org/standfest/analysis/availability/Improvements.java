package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Topology;

import java.util.List;

final class Improvements {
    Improvements(Topology topology, AvailabilityAnalyzer analyzer, AvailabilityReport report) {}

    List<Improvement> of(Watcher watcher) {
        return List.of();
    }
}
