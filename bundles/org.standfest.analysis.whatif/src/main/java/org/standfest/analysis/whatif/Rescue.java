package org.standfest.analysis.whatif;

import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who takes a stopped system over. Room on hosts and places on standbys are given once, in the
 * order in which systems ask. One thread, one course.
 */
final class Rescue {

    /**
     * A take-over.
     *
     * @param by the protection
     * @param place where the system runs then
     * @param seconds from the failure until it works
     * @param lostSeconds of work at worst
     * @param person whether somebody must act
     */
    record Found(Protection by, Element place, long seconds, long lostSeconds, boolean person) {}

    private final Outage outage;
    private final Map<Host, Long> freeMiB = new HashMap<>();
    private final Map<ImagePool, Integer> freePlaces = new HashMap<>();
    private final Map<Workload, List<Protection>> protections = new HashMap<>();
    private final Map<Workload, Integer> positions = new HashMap<>();

    Rescue(Topology topology, Outage outage) {
        this.outage = outage;
        topology.getVirtualMachines().forEach(it -> positions.put(it, positions.size()));
        for (Protection each : topology.getProtections()) {
            for (Workload workload : each.getWorkloads()) {
                protections.computeIfAbsent(workload, _ -> new ArrayList<>()).add(each);
            }
        }
    }

    /** The quickest protection of a system that can act; empty where none can. */
    Optional<Found> of(Workload workload) {
        List<Protection> quickest =
                protections.getOrDefault(workload, List.of()).stream()
                        .sorted(Comparator.comparingInt(Protection::getTakeoverSeconds))
                        .toList();
        for (Protection protection : quickest) {
            Optional<Found> found =
                    switch (protection) {
                        case MirrorPair pair -> pair(pair, workload);
                        case FailoverCluster cluster -> cluster(cluster, workload);
                        case AvailabilityGroup group -> group(group, workload);
                        case MirroredSites sites -> sites(sites, workload);
                        case StandbyProtection standby -> standby(standby, workload);
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> found(Protection by, Element place, long lostSeconds) {
        Component witness = by.getWitness();
        boolean decided = by.isAutomatic() && !(Outage.exists(witness) && outage.stopped(witness));
        return Optional.of(new Found(by, place, by.getTakeoverSeconds(), lostSeconds, !decided));
    }

    /** Both halves run the same: a fault inside the system itself is on both. */
    private Optional<Found> pair(MirrorPair pair, Workload workload) {
        if (outage.failed(workload)) {
            return Optional.empty();
        }
        for (Host half : List.of(pair.getFirstHost(), pair.getSecondHost())) {
            if (Outage.exists(half) && !outage.stopped(half)) {
                return found(pair, half, 0);
            }
        }
        return Optional.empty();
    }

    private Optional<Found> cluster(FailoverCluster cluster, Workload workload) {
        boolean data =
                cluster.getSharedStorages().stream()
                                .filter(Outage::exists)
                                .noneMatch(outage::stopped)
                        && ownData(workload);
        return data
                ? room(cluster.getHosts(), workload).flatMap(it -> found(cluster, it, 0))
                : Optional.empty();
    }

    private boolean ownData(Workload workload) {
        return workload.getDisks().stream()
                .map(it -> it.getStorage())
                .filter(Outage::exists)
                .noneMatch(outage::stopped);
    }

    /** The host with most room, if that is enough; the room is taken. */
    private Optional<Host> room(List<Host> hosts, Workload workload) {
        Optional<Host> best =
                hosts.stream()
                        .filter(it -> Outage.exists(it) && !outage.stopped(it))
                        .max(Comparator.comparingLong(this::free));
        if (best.isEmpty() || free(best.get()) < workload.getMemoryMiB()) {
            return Optional.empty();
        }
        freeMiB.merge(best.get(), (long) -workload.getMemoryMiB(), Long::sum);
        return best;
    }

    private long free(Host host) {
        return freeMiB.computeIfAbsent(
                host,
                it ->
                        it.getMemoryMiB()
                                - (long) it.getReservedMemoryMiB()
                                - it.getVirtualMachines().stream()
                                        .mapToLong(VirtualMachine::getMemoryMiB)
                                        .sum());
    }

    private Optional<Found> group(AvailabilityGroup group, Workload workload) {
        return group.getWorkloads().stream()
                .filter(it -> it != workload && Outage.exists(it) && !outage.stopped(it))
                .findFirst()
                .flatMap(
                        it ->
                                found(
                                        group,
                                        it,
                                        group.isSynchronous() ? 0 : group.getCopyLagSeconds()));
    }

    private Optional<Found> sites(MirroredSites sites, Workload workload) {
        Site away =
                Outage.siteOf(workload) == sites.getFirstSite()
                        ? sites.getSecondSite()
                        : sites.getFirstSite();
        if (!Outage.exists(away) || outage.stopped(away) || outage.failed(workload)) {
            return Optional.empty();
        }
        boolean data =
                sites.getStorages().stream()
                        .filter(it -> it.getSite() == away)
                        .noneMatch((Storage it) -> outage.failed(it));
        return data
                ? room(away.getHosts(), workload).flatMap(it -> found(sites, it, 0))
                : Optional.empty();
    }

    private Optional<Found> standby(StandbyProtection protection, Workload workload) {
        ImagePool pool = protection.getImagePool();
        if (!Outage.exists(pool) || !Outage.exists(pool.getStandby())) {
            return Optional.empty();
        }
        Machine standby = pool.getStandby();
        int free = freePlaces.computeIfAbsent(pool, ImagePool::getParallelActivations);
        if (outage.stopped(standby) || free < 1 || !memory(pool, workload)) {
            return Optional.empty();
        }
        freePlaces.put(pool, free - 1);
        Optional<Found> found = found(protection, standby, protection.getIntervalSeconds());
        return found.map(it -> new Found(it.by, it.place, it.seconds, it.lostSeconds, true));
    }

    private static boolean memory(ImagePool pool, Workload workload) {
        return workload.getMemoryMiB() <= pool.getStandby().getMemoryMiB();
    }

    /** Where systems wait in line: by the priority of their standby, then by their start order. */
    Comparator<Workload> line() {
        return Comparator.comparingInt(this::priority)
                .thenComparingInt(
                        it -> it.getStartOrder() == 0 ? Integer.MAX_VALUE : it.getStartOrder())
                .thenComparingInt(it -> positions.getOrDefault(it, -1));
    }

    private int priority(Workload workload) {
        return protections.getOrDefault(workload, List.of()).stream()
                .filter(StandbyProtection.class::isInstance)
                .mapToInt(it -> ((StandbyProtection) it).getPriority())
                .filter(it -> it > 0)
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
