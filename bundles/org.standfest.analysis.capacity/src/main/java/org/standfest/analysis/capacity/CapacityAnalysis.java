package org.standfest.analysis.capacity;

import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.capacity.CapacityReport.Growth;
import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.analysis.capacity.CapacityReport.Loss;
import org.standfest.analysis.capacity.CapacityReport.Scope;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The capacity questions of a topology: use by hour of the week, what fits after the loss of one
 * host (N+1), of two hosts of a cluster (N+2) and of a site, and when growth has filled a host.
 *
 * <p>Guests of lost hosts start on other members of their failover cluster or on the other half of
 * their mirror pair, where their storage can be reached; guests of other hosts stay where they are.
 * Reads the model only; not for several threads on one model.
 */
public final class CapacityAnalysis {

    /** The most placements that are tried for one loss. */
    private static final int STEPS = 100_000;

    /** Growth beyond this is nobody's plan. */
    private static final double YEARS = 100;

    private final List<Host> hosts = new ArrayList<>();
    private final Map<Host, List<VirtualMachine>> guests = new LinkedHashMap<>();
    private final Map<VirtualMachine, Week> weeks = new HashMap<>();
    private final Map<VirtualMachine, Set<Host>> elsewhere = new HashMap<>();
    private final Map<VirtualMachine, Integer> apart = new HashMap<>();
    private final Set<Set<Host>> clusters = new LinkedHashSet<>();
    private final Topology topology;

    private CapacityAnalysis(Topology topology) {
        this.topology = topology;
        for (Site site : topology.getSites()) {
            for (Host host : site.getHosts()) {
                hosts.add(host);
                guests.put(host, new ArrayList<>());
            }
        }
        for (VirtualMachine machine : topology.getVirtualMachines()) {
            List<VirtualMachine> there = guests.get(machine.getHost());
            if (there != null) {
                there.add(machine);
                weeks.put(machine, Week.of(machine));
            }
        }
        topology.getProtections().forEach(this::protectedBy);
        int number = 0;
        for (SeparationGroup group : topology.getSeparationGroups()) {
            if (group.getLevel() != SeparationLevel.OPERATING_SYSTEM) {
                for (EObject member : group.getWorkloads()) {
                    if (member instanceof VirtualMachine machine) {
                        apart.put(machine, number);
                    }
                }
                number++;
            }
        }
    }

    /** How full each host is, without asking what happens when one is lost. */
    public static List<HostUse> uses(Topology topology) {
        return new CapacityAnalysis(topology).uses();
    }

    private List<HostUse> uses() {
        return hosts.stream().map(this::use).toList();
    }

    /**
     * Analyses a topology with its own growth.
     *
     * @param cancelled asked before every loss; once true the report has the losses so far
     */
    public static CapacityReport of(Topology topology, BooleanSupplier cancelled) {
        return of(topology, topology.getAnnualGrowthPercent(), cancelled);
    }

    /**
     * Analyses a topology.
     *
     * @param annualGrowthPercent above -100
     */
    public static CapacityReport of(
            Topology topology, double annualGrowthPercent, BooleanSupplier cancelled) {
        CapacityAnalysis analysis = new CapacityAnalysis(topology);
        List<HostUse> uses = analysis.uses();
        return new CapacityReport(
                uses,
                analysis.losses(cancelled),
                uses.stream().map(use -> growth(use, annualGrowthPercent)).toList(),
                annualGrowthPercent);
    }

    private void protectedBy(Protection protection) {
        Set<Host> members = new LinkedHashSet<>();
        if (protection instanceof FailoverCluster cluster) {
            members.addAll(cluster.getHosts());
        } else if (protection instanceof MirrorPair pair) {
            members.add(pair.getFirstHost());
            members.add(pair.getSecondHost());
        }
        members.retainAll(guests.keySet());
        if (members.size() < 2) {
            return;
        }
        clusters.add(members);
        for (EObject workload : protection.getWorkloads()) {
            if (workload instanceof VirtualMachine machine && weeks.containsKey(machine)) {
                elsewhere.computeIfAbsent(machine, _ -> new LinkedHashSet<>()).addAll(members);
            }
        }
    }

    private HostUse use(Host host) {
        Week load = Week.IDLE;
        long memory = 0;
        boolean stated = true;
        for (VirtualMachine machine : guests.get(host)) {
            load = load.plus(weeks.get(machine));
            memory += machine.getMemoryMiB();
            stated &= machine.getLoad() != null;
        }
        return new HostUse(
                host.getId(),
                host.getName(),
                host.getCpuCores(),
                host.getTargetCpuPercent(),
                load,
                memoryForGuests(host),
                memory,
                stated);
    }

    private static long memoryForGuests(Host host) {
        return (long) host.getMemoryMiB() - host.getReservedMemoryMiB();
    }

    private List<Loss> losses(BooleanSupplier cancelled) {
        List<Loss> losses = new ArrayList<>();
        for (Host host : hosts) {
            if (cancelled.getAsBoolean()) {
                return losses;
            }
            losses.add(loss(Scope.ONE_HOST, Set.of(host), null));
        }
        Set<Set<Host>> pairs = new HashSet<>();
        for (Set<Host> cluster : clusters) {
            List<Host> members = List.copyOf(cluster);
            // With two members nobody is left: that is the loss of the cluster, not N+2.
            for (int i = 0; members.size() > 2 && i < members.size(); i++) {
                for (int j = i + 1; j < members.size(); j++) {
                    if (cancelled.getAsBoolean()) {
                        return losses;
                    }
                    Set<Host> pair = new LinkedHashSet<>(List.of(members.get(i), members.get(j)));
                    if (pairs.add(pair)) {
                        losses.add(loss(Scope.TWO_HOSTS, pair, null));
                    }
                }
            }
        }
        for (Site site : topology.getSites()) {
            if (cancelled.getAsBoolean()) {
                return losses;
            }
            if (!site.getHosts().isEmpty()) {
                losses.add(loss(Scope.SITE, new LinkedHashSet<>(site.getHosts()), site));
            }
        }
        return losses;
    }

    private Loss loss(Scope scope, Set<Host> lost, Site site) {
        List<Host> left = hosts.stream().filter(host -> !lost.contains(host)).toList();
        List<Placement.Room> rooms = new ArrayList<>();
        List<BitSet> taken = new ArrayList<>();
        for (Host host : left) {
            HostUse use = use(host);
            rooms.add(
                    new Placement.Room(
                            host.getId(),
                            host.getCpuCores() * host.getTargetCpuPercent() / 100.0,
                            use.load(),
                            use.memoryMiB() - use.usedMemoryMiB()));
            BitSet groups = new BitSet();
            guests.get(host).stream()
                    .filter(apart::containsKey)
                    .forEach(machine -> groups.set(apart.get(machine)));
            taken.add(groups);
        }
        List<Placement.Guest> moving = new ArrayList<>();
        List<String> unprotected = new ArrayList<>();
        int count = 0;
        for (Host host : lost) {
            for (VirtualMachine machine : guests.get(host)) {
                count++;
                if (elsewhere.containsKey(machine)) {
                    moving.add(guest(machine, left));
                } else {
                    unprotected.add(machine.getId());
                }
            }
        }
        Placement.Result result = Placement.find(rooms, moving, taken, STEPS);
        return new Loss(
                scope,
                site == null ? lost.stream().map(Host::getId).toList() : List.of(site.getId()),
                site == null ? lost.stream().map(Host::getName).toList() : List.of(site.getName()),
                count,
                result.verdict(),
                result.stranded(),
                unprotected);
    }

    private Placement.Guest guest(VirtualMachine machine, List<Host> left) {
        BitSet places = new BitSet(left.size());
        for (int i = 0; i < left.size(); i++) {
            places.set(i, elsewhere.get(machine).contains(left.get(i)));
        }
        return new Placement.Guest(
                machine.getId(),
                weeks.get(machine),
                machine.getMemoryMiB(),
                places,
                apart.getOrDefault(machine, -1));
    }

    /** Full after n years: use (1 + g)^n = limit. */
    private static Growth growth(HostUse use, double percent) {
        return new Growth(
                use.hostId(),
                use.name(),
                years(use.load().peak(), use.cores() * use.targetPercent() / 100.0, percent),
                years(use.usedMemoryMiB(), use.memoryMiB(), percent));
    }

    private static OptionalDouble years(double used, double limit, double percent) {
        if (used > limit) {
            return OptionalDouble.of(0);
        }
        if (used <= 0 || percent <= 0) {
            return OptionalDouble.empty();
        }
        double years = Math.log(limit / used) / Math.log1p(percent / 100);
        return years > YEARS ? OptionalDouble.empty() : OptionalDouble.of(years);
    }
}
