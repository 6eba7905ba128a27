package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Host;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;
import java.util.function.Consumer;

/** A host carries what normally runs on it. */
public final class HostCapacityRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.host-capacity";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Host host : new Facts(topology).all(Host.class)) {
            List<VirtualMachine> guests = Facts.real(host.getVirtualMachines());
            Demand demand = Demand.of(guests);
            long freeMiB = Demand.memoryForGuestsMiB(host);
            if (freeMiB < 0) {
                report.error(
                        host, "host.reserved", host.getReservedMemoryMiB(), host.getMemoryMiB());
            } else if (demand.memoryMiB() > freeMiB) {
                report.error(host, "host.memory", demand.memoryMiB(), freeMiB, guests.size());
            }
            int percent = demand.percentOf(host.getCpuCores());
            if (percent > host.getTargetCpuPercent()) {
                report.warning(
                        host,
                        "host.cpu",
                        percent,
                        host.getTargetCpuPercent(),
                        demand.busiestDay(),
                        demand.busiestHour());
            }
        }
    }
}
