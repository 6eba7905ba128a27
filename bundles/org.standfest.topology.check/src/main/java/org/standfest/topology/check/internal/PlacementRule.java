package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every virtual machine has a host, the one that protects it, and the law's distance to others. */
public final class PlacementRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.placement";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (VirtualMachine guest : topology.getVirtualMachines()) {
            if (!Facts.exists(guest.getHost())) {
                report.error(guest, "placement.no-host");
            }
        }
        for (Protection protection : topology.getProtections()) {
            for (Workload workload : Facts.real(protection.getWorkloads())) {
                member(protection, workload, report);
            }
        }
        topology.getSeparationGroups().forEach(it -> separation(it, report));
    }

    private static void member(Protection protection, Workload workload, Reporter report) {
        List<Host> hosts = hosts(protection);
        if (hosts.isEmpty()) {
            return;
        }
        if (!(workload instanceof VirtualMachine guest)) {
            report.error(workload, "placement.not-virtual", protection);
        } else if (Facts.exists(guest.getHost()) && !hosts.contains(guest.getHost())) {
            report.error(workload, "placement.other-host", protection, guest.getHost());
        }
    }

    /** The hosts a protection moves guests between; empty where it does not move guests. */
    public static List<Host> hosts(Protection protection) {
        return switch (protection) {
            case MirrorPair pair ->
                    Stream.of(pair.getFirstHost(), pair.getSecondHost())
                            .filter(Objects::nonNull)
                            .filter(Facts::exists)
                            .toList();
            case FailoverCluster cluster -> Facts.real(cluster.getHosts());
            default -> List.of();
        };
    }

    private static void separation(SeparationGroup group, Reporter report) {
        Map<Object, Workload> places = new HashMap<>();
        String basis = group.getLegalBasis() == null ? "" : group.getLegalBasis();
        if (group.getWorkloads().size() < 2) {
            report.warning(group, "placement.separation-alone");
        }
        for (Workload workload : Facts.real(group.getWorkloads())) {
            Object place = place(workload, group.getLevel());
            if (place == null) {
                continue;
            }
            Workload neighbour = places.putIfAbsent(place, workload);
            if (neighbour != null) {
                String code =
                        place instanceof Site
                                ? "placement.separation-site"
                                : "placement.separation-host";
                report.error(workload, code, neighbour, place, basis, group);
            }
        }
    }

    private static Object place(Workload workload, SeparationLevel level) {
        Machine iron = Facts.iron(workload);
        return switch (level) {
            case OPERATING_SYSTEM -> null;
            case HOST -> iron;
            case SITE -> Facts.site(workload);
        };
    }
}
