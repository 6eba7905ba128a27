package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.Takeover.Group;
import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Network;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.Spare;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Systems with what protects them, as structure. First the machine: a mirror pair or failover
 * cluster replaces "the host is down" by "too many hosts are down". Then the system: a standby or a
 * second site goes on while everything below is down. Each protection adds a {@link Takeover}. One
 * thread.
 */
final class Protections {

    private static final double SECONDS_PER_HOUR = 3600;

    private static final double AT_ONCE_HOURS = 1e-9;

    /** Further places would only matter when all before are lost. */
    private static final int PLACES_MOST = 2;

    private final Formula formula;
    private final Units units;
    private final Infrastructure infrastructure;
    private final Assumptions assumptions;
    private final Map<Workload, List<Protection>> byWorkload = new HashMap<>();
    private final Map<Protection, Map<Host, Integer>> known = new HashMap<>();
    private final DynamicGroups groups;
    private final Map<String, Takeover> takeovers = new LinkedHashMap<>();
    private final Map<Workload, Integer> workloads = new HashMap<>();
    private final Set<Workload> open = new HashSet<>();
    private final StandbyPlaces places;
    private final List<SparePool> spares;

    Protections(
            Topology topology,
            Formula formula,
            Units units,
            Infrastructure infrastructure,
            DynamicGroups groups,
            Assumptions assumptions) {
        this.formula = formula;
        this.units = units;
        this.infrastructure = infrastructure;
        this.assumptions = assumptions;
        places = new StandbyPlaces(topology);
        spares = topology.getSparePools();
        this.groups = groups;
        for (Protection protection : topology.getProtections()) {
            for (Workload workload : protection.getWorkloads()) {
                byWorkload.computeIfAbsent(workload, _ -> new ArrayList<>()).add(protection);
            }
        }
    }

    List<Takeover> takeovers() {
        List<Takeover> all = new ArrayList<>(groups.found());
        all.addAll(takeovers.values());
        return all;
    }

    /** Groups whose members are targets of dependencies: the takeover counts for the service. */
    List<AvailabilityGroup> groupsOf(Workload workload) {
        List<AvailabilityGroup> groups = List.of();
        for (Protection protection : byWorkload.getOrDefault(workload, List.of())) {
            if (protection instanceof AvailabilityGroup group) {
                groups = new ArrayList<>(groups);
                groups.add(group);
            }
        }
        return groups;
    }

    /** A system does not work where its users look for it. */
    int workload(Workload workload) {
        Integer literal = workloads.get(workload);
        if (literal == null) {
            if (!open.add(workload)) {
                // Its own standby in the end: that helps as little as having none.
                return withoutStandby(workload);
            }
            literal = workloadDown(workload);
            open.remove(workload);
            workloads.put(workload, literal);
        }
        return literal;
    }

    private int workloadDown(Workload workload) {
        int below = withoutStandby(workload);
        for (Protection protection : byWorkload.getOrDefault(workload, List.of())) {
            below =
                    switch (protection) {
                        case StandbyProtection standby -> onStandby(standby, workload, below);
                        case MirroredSites sites -> atOtherSite(sites, workload, below);
                        default -> below;
                    };
        }
        return workload instanceof VirtualMachine
                ? formula.or(units.itself(workload, "virtual-machine"), below)
                : below;
    }

    /** What makes a standby necessary: the machine, its disks, its networks. */
    private int withoutStandby(Workload workload) {
        int machine = machine(workload);
        return formula.or(machine, infrastructure.disks(workload), infrastructure.cutOff(workload));
    }

    /** The iron that a system runs on, with pairs and clusters of it. */
    private int machine(Workload workload) {
        if (workload instanceof PhysicalServer server) {
            return infrastructure.iron(server);
        }
        Host host = ((VirtualMachine) workload).getHost();
        if (!exists(host)) {
            return Formula.FALSE;
        }
        int down = infrastructure.iron(host);
        for (Protection protection : byWorkload.getOrDefault(workload, List.of())) {
            boolean pair =
                    protection instanceof MirrorPair it
                            && exists(it.getFirstHost())
                            && exists(it.getSecondHost());
            if (pair || protection instanceof FailoverCluster) {
                Map<Host, Integer> before = known.computeIfAbsent(protection, _ -> new HashMap<>());
                Integer literal = before.get(host);
                if (literal == null) {
                    literal = grouped(protection, host);
                    before.put(host, literal);
                }
                down = literal;
            }
        }
        return down;
    }

    /** A host with a pair or a cluster around it. */
    private int grouped(Protection protection, Host host) {
        if (protection instanceof MirrorPair pair) {
            List<Host> hosts = List.of(pair.getFirstHost(), pair.getSecondHost());
            return clustered(pair, hosts, 1, host);
        }
        FailoverCluster cluster = (FailoverCluster) protection;
        List<Host> hosts = cluster.getHosts().stream().filter(Infrastructure::exists).toList();
        int minimum = Math.clamp(cluster.getMinimumHosts(), 1, Math.max(1, hosts.size()));
        int shared =
                infrastructure.or(
                        cluster.getSharedStorages().stream().map(infrastructure::storage).toList());
        int reserve = spareHosts(cluster);
        boolean booting = reserve > 0 && minimum == hosts.size() && hosts.contains(host);
        return booting
                ? formula.or(booted(cluster, hosts, reserve), shared)
                : formula.or(clustered(cluster, hosts, minimum, host), shared);
    }

    /** Spare servers on the shelf for the systems of a cluster. */
    private int spareHosts(FailoverCluster cluster) {
        return spareHostPools(cluster)
                .flatMap(it -> it.getSpares().stream())
                .mapToInt(Spare::getCount)
                .sum();
    }

    private Stream<SparePool> spareHostPools(FailoverCluster cluster) {
        return spares.stream()
                .filter(
                        it ->
                                it.getWorkloads().stream()
                                        .anyMatch(cluster.getWorkloads()::contains));
    }

    /** N+1: a spare is fetched, boots and takes the load. */
    private int booted(FailoverCluster cluster, List<Host> hosts, int reserve) {
        double delivery =
                spareHostPools(cluster).mapToDouble(SparePool::getDeliveryHours).max().orElse(0);
        double hours = delivery + cluster.getTakeoverSeconds() / SECONDS_PER_HOUR;
        return groups.spareHosts(cluster, hosts, reserve, Math.max(hours, AT_ONCE_HOURS));
    }

    private int clustered(Protection protection, List<Host> hosts, int minimum, Host serving) {
        if (hosts.size() < 2 || !hosts.contains(serving)) {
            return infrastructure.iron(serving);
        }
        int[] down = hosts.stream().mapToInt(infrastructure::iron).toArray();
        int most = hosts.size() - minimum + 1;
        int tooMany = formula.atLeast(most, down);
        int self = infrastructure.iron(serving);
        int witness = component(protection.getWitness());
        int undecided = groups.undecided(protection, down, most, self, witness);
        Group pair = Group.NONE;
        if (hosts.size() == 2) {
            Host partner = hosts.get(0) == serving ? hosts.get(1) : hosts.get(0);
            pair = groups.pair(serving, partner, Group.CLUSTER);
        }
        Switch step = new Switch("takeover ", self, hours(protection, serving), pair);
        int takeover = takeover(protection, serving, step);
        int waiting = groups.waiting(protection, hosts, minimum);
        return formula.or(tooMany, undecided, takeover, waiting);
    }

    /** From failure to service as stated; otherwise what has to start up again. */
    private static double hours(Protection protection, Component serving) {
        double seconds = protection.getTakeoverSeconds();
        if (seconds == 0 && exists(serving.getFailureData())) {
            seconds = serving.getFailureData().getFailoverSeconds();
        }
        if (seconds == 0 && !(protection instanceof MirrorPair)) {
            for (Workload workload : protection.getWorkloads()) {
                boolean here = workload == serving;
                if (here || workload instanceof VirtualMachine it && it.getHost() == serving) {
                    seconds = Math.max(seconds, workload.getBootSeconds());
                }
            }
        }
        return seconds / SECONDS_PER_HOUR;
    }

    /** One way of taking over: when it is needed, how long it lasts, who waits for whom. */
    private record Switch(String part, int demand, double hours, Group group) {}

    private int takeover(Protection protection, Component serving, Switch step) {
        String part = step.part + serving.getId();
        int literal = units.derived(protection, part, Role.TAKEOVER);
        double manual =
                protection instanceof StandbyProtection
                        ? Double.NaN
                        : assumptions.manualTakeoverHours();
        takeovers.put(
                protection.getId() + part,
                new Takeover(
                        String.valueOf(protection.getId()),
                        protection.getName() == null ? "" : protection.getName(),
                        String.valueOf(serving.getId()),
                        serving.getName() == null ? "" : serving.getName(),
                        Takeover.Effect.TAKEOVER,
                        formula.index(literal >>> 1),
                        step.demand,
                        probability(protection.getCoverage()) * coverage(serving),
                        step.hours,
                        manual,
                        step.group));
        return literal;
    }

    private static double coverage(Component serving) {
        return exists(serving.getFailureData())
                ? probability(serving.getFailureData().getCoverage())
                : 1;
    }

    private static double probability(double stated) {
        return stated >= 0 ? Math.min(1, stated) : 0;
    }

    /**
     * On the standby, in the order of the places where systems may come back to life; the next
     * place is tried when the one before is not to be had.
     */
    private int onStandby(StandbyProtection protection, Workload workload, int below) {
        if (!exists(protection.getImagePool()) || !exists(protection.getImagePool().getStandby())) {
            return below;
        }
        List<ActivationPlace> where =
                new ArrayList<>(new LinkedHashSet<>(protection.getActivations()));
        if (where.isEmpty()) {
            where.add(ActivationPlace.STANDBY);
        }
        int dormant =
                units.dormant(
                        protection.getImagePool(),
                        "dormant",
                        "standby.dormant",
                        assumptions.standbyTestIntervalHours());
        int storage = infrastructure.storage(protection.getImagePool().getStorage());
        int images =
                formula.or(component(protection.getImagePool().getStandby()), dormant, storage);
        int still = below;
        List<Integer> reasons = new ArrayList<>();
        for (int i = 0; i < Math.min(PLACES_MOST, where.size()); i++) {
            reasons.add(
                    takeover(
                            protection,
                            workload,
                            step(protection, workload, where.get(i), i, still)));
            int impossible = formula.or(images, missing(protection, workload, where.get(i)));
            still = formula.and(still, impossible);
        }
        reasons.add(still);
        return infrastructure.or(reasons);
    }

    private Switch step(
            StandbyProtection protection,
            Workload workload,
            ActivationPlace place,
            int number,
            int demand) {
        double hours = hours(protection, workload);
        boolean carried =
                place == ActivationPlace.SPARE_SERVER || place == ActivationPlace.CARRIED_STANDBY;
        if (carried && exists(protection.getSparePool())) {
            hours += protection.getSparePool().getDeliveryHours();
        }
        Machine serving = Infrastructure.machineOf(workload);
        Machine standby = protection.getImagePool().getStandby();
        Group pair =
                number == 0 && !carried && exists(serving) && isIron(standby) && serving != standby
                        ? groups.pair(serving, standby, places.kind(standby))
                        : Group.NONE;
        String part = number == 0 ? "takeover " : "takeover by " + place.getLiteral() + " ";
        return new Switch(part, demand, hours, pair);
    }

    private static boolean isIron(Machine machine) {
        return machine instanceof Host || machine instanceof PhysicalServer;
    }

    /** What a place needs beside the images. */
    private int missing(StandbyProtection protection, Workload workload, ActivationPlace place) {
        Machine serving = Infrastructure.machineOf(workload);
        Machine standby = protection.getImagePool().getStandby();
        if (place != ActivationPlace.SPARE_SERVER) {
            int full = full(protection, workload);
            if (place != ActivationPlace.OVER_VPN) {
                return full;
            }
            Site here = Infrastructure.siteOf(workload);
            Site there = Infrastructure.siteOf(standby);
            return formula.or(full, infrastructure.routes().unreachable(here, there));
        }
        if (!exists(serving)) {
            return Formula.FALSE;
        }
        int used =
                exists(protection.getSparePool())
                        ? groups.sparesUsed(protection.getSparePool(), serving)
                        : Formula.FALSE;
        return formula.or(used, infrastructure.surroundings(serving));
    }

    /** As many systems that come first need the standby as it can run. */
    private int full(StandbyProtection protection, Workload workload) {
        int atOnce = protection.getImagePool().getParallelActivations();
        List<Workload> before = places.before(protection.getImagePool(), workload);
        if (atOnce < 1) {
            return Formula.TRUE;
        }
        return before.size() < atOnce
                ? Formula.FALSE
                : formula.atLeast(atOnce, before.stream().mapToInt(this::withoutStandby).toArray());
    }

    private int atOtherSite(MirroredSites sites, Workload workload, int below) {
        Site here = Infrastructure.siteOf(workload);
        Site there = sites.getFirstSite() == here ? sites.getSecondSite() : sites.getFirstSite();
        if (!exists(there) || there == here) {
            return below;
        }
        List<Integer> broken = new ArrayList<>();
        broken.add(infrastructure.site(there));
        if (!there.getHosts().isEmpty()) {
            broken.add(
                    infrastructure.and(
                            there.getHosts().stream().map(infrastructure::iron).toList()));
        }
        for (Storage storage : sites.getStorages()) {
            if (exists(storage) && storage.getSite() == there) {
                broken.add(infrastructure.storage(storage));
            }
        }
        Switch step = new Switch("takeover ", below, hours(sites, workload), Group.NONE);
        int takeover = takeover(sites, workload, step);
        return formula.or(formula.and(below, infrastructure.or(broken)), takeover);
    }

    /** The takeover inside a group of copies, where one member serves at a time. */
    int groupTakeover(AvailabilityGroup group) {
        Workload first = group.getWorkloads().getFirst();
        Switch step = new Switch("takeover ", workload(first), hours(group, first), Group.NONE);
        return takeover(group, first, step);
    }

    /** Anything that is not a service. */
    int component(Element element) {
        if (!exists(element)) {
            return Formula.FALSE;
        }
        return switch (element) {
            case Workload workload -> workload(workload);
            case Host host -> infrastructure.iron(host);
            case Storage storage -> infrastructure.storage(storage);
            case Network network -> infrastructure.network(network);
            case Link link -> infrastructure.link(link);
            case Site site -> infrastructure.site(site);
            case PowerFeed feed -> infrastructure.feed(feed);
            default -> Formula.FALSE;
        };
    }
}
