package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Topology;

import java.util.function.Consumer;

/** Failure figures are there, possible, and have a source. */
public final class FailureDataRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.failure-data";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (FailureData data : topology.getFailureData()) {
            if (data.getMtbfHours() <= 0) {
                report.error(data, "failure.no-mtbf");
            } else if (data.getMttrHours() >= data.getMtbfHours()) {
                report.error(
                        data,
                        "failure.never-up",
                        Math.round(data.getMttrHours()),
                        Math.round(data.getMtbfHours()));
            }
            if (data.getSource() == null || data.getSource().isBlank()) {
                report.hint(data, "failure.no-source");
            }
        }
        for (Machine machine : new Facts(topology).all(Machine.class)) {
            boolean iron = machine instanceof Host || machine instanceof PhysicalServer;
            if (iron && machine.getFailureData() == null) {
                report.hint(machine, "failure.none");
            }
        }
    }
}
