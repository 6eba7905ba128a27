package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** After the worst single loss, what is left carries everything that is protected. */
public final class TakeoverRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.takeover";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Protection protection : topology.getProtections()) {
            List<Host> hosts = PlacementRule.hosts(protection);
            if (hosts.size() > 1) {
                hostLoss(protection, hosts, report);
            }
            if (protection instanceof MirroredSites sites
                    && Facts.exists(sites.getFirstSite())
                    && Facts.exists(sites.getSecondSite())) {
                siteLoss(sites, sites.getFirstSite(), sites.getSecondSite(), report);
                siteLoss(sites, sites.getSecondSite(), sites.getFirstSite(), report);
            }
        }
    }

    /** The largest host is the worst to lose. */
    private static void hostLoss(Protection protection, List<Host> hosts, Reporter report) {
        Set<Workload> demanding = new LinkedHashSet<>(Facts.real(protection.getWorkloads()));
        hosts.forEach(it -> demanding.addAll(Facts.real(it.getVirtualMachines())));
        Host largest =
                hosts.stream()
                        .max(Comparator.comparingLong(Demand::memoryForGuestsMiB))
                        .orElseThrow();
        List<Host> rest = new ArrayList<>(hosts);
        rest.remove(largest);
        compare(protection, largest, demanding, rest, report);
    }

    private static void siteLoss(MirroredSites sites, Site lost, Site left, Reporter report) {
        Set<Workload> demanding = new LinkedHashSet<>();
        for (Workload workload : Facts.real(sites.getWorkloads())) {
            if (workload instanceof VirtualMachine) {
                demanding.add(workload);
            }
        }
        left.getHosts().forEach(it -> demanding.addAll(Facts.real(it.getVirtualMachines())));
        compare(sites, lost, demanding, left.getHosts(), report);
    }

    private static void compare(
            Protection protection,
            Element lost,
            Set<Workload> demanding,
            List<Host> left,
            Reporter report) {
        Demand demand = Demand.of(demanding);
        long freeMiB = left.stream().mapToLong(Demand::memoryForGuestsMiB).sum();
        if (demand.memoryMiB() > freeMiB) {
            report.error(protection, "takeover.memory", lost, demand.memoryMiB(), freeMiB);
        }
        int percent = demand.percentOf(left.stream().mapToInt(Host::getCpuCores).sum());
        if (percent > 100) {
            report.warning(
                    protection,
                    "takeover.cpu",
                    lost,
                    percent,
                    demand.busiestDay(),
                    demand.busiestHour());
        }
    }
}
