package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.Takeover.Group;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a standby is doing before it is needed, and who comes first where a standby cannot run all
 * of its systems at once: by the priority of the protection (1 before 2, none stated last), then in
 * the order of the topology. Whoever comes first takes the place of those behind. One thread.
 */
final class StandbyPlaces {

    private final Map<ImagePool, List<Workload>> order = new HashMap<>();

    /** Machines that have work of their own. */
    private final Set<Machine> serving = new HashSet<>();

    StandbyPlaces(Topology topology) {
        List<StandbyProtection> standbys = new ArrayList<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection it && exists(it.getImagePool())) {
                standbys.add(it);
            }
        }
        standbys.sort(Comparator.comparingInt(StandbyPlaces::rank));
        Map<ImagePool, Set<Workload>> found = new HashMap<>();
        for (StandbyProtection standby : standbys) {
            Set<Workload> all =
                    found.computeIfAbsent(standby.getImagePool(), _ -> new LinkedHashSet<>());
            standby.getWorkloads().stream().filter(it -> exists(it)).forEach(all::add);
        }
        found.forEach((pool, all) -> order.put(pool, List.copyOf(all)));
        topology.getVirtualMachines().stream().map(VirtualMachine::getHost).forEach(serving::add);
        topology.getServices().stream()
                .flatMap(service -> service.getDependencies().stream())
                .flatMap(dependency -> dependency.getTargets().stream())
                .filter(Machine.class::isInstance)
                .forEach(it -> serving.add((Machine) it));
    }

    /** {@link Group#WAITING} where its figures say how it fails while it only keeps images. */
    int kind(Machine standby) {
        boolean stated =
                exists(standby.getFailureData()) && Figures.usable(standby.getFailureData());
        return stated && !serving.contains(standby) ? Group.WAITING : Group.STANDBY;
    }

    private static int rank(StandbyProtection standby) {
        return standby.getPriority() == 0 ? Integer.MAX_VALUE : standby.getPriority();
    }

    /** Those of a pool that are activated before a system. */
    List<Workload> before(ImagePool pool, Workload workload) {
        List<Workload> all = order.getOrDefault(pool, List.of());
        return all.subList(0, Math.max(0, all.indexOf(workload)));
    }
}
