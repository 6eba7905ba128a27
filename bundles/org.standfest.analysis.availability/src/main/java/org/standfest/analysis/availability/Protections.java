package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
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
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Systems with what protects them, as structure. First the machine: a mirror pair or failover
 * cluster replaces "the host is down" by "too many hosts are down". Then the system: a standby or a
 * second site goes on while everything below is down. Each protection adds a {@link Takeover}. One
 * thread.
 */
final class Protections {

    private static final double SECONDS_PER_HOUR = 3600;

    private final Formula formula;
    private final Units units;
    private final Infrastructure infrastructure;
    private final Assumptions assumptions;
    private final Map<Workload, List<Protection>> byWorkload = new HashMap<>();
    private final Map<Protection, Map<Host, Integer>> known = new HashMap<>();
    private final Map<String, Takeover> takeovers = new LinkedHashMap<>();
    private final Map<Workload, Integer> workloads = new HashMap<>();

    Protections(
            Topology topology,
            Formula formula,
            Units units,
            Infrastructure infrastructure,
            Assumptions assumptions) {
        this.formula = formula;
        this.units = units;
        this.infrastructure = infrastructure;
        this.assumptions = assumptions;
        for (Protection protection : topology.getProtections()) {
            for (Workload workload : protection.getWorkloads()) {
                byWorkload.computeIfAbsent(workload, _ -> new ArrayList<>()).add(protection);
            }
        }
    }

    List<Takeover> takeovers() {
        return List.copyOf(takeovers.values());
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
            literal = workloadDown(workload);
            workloads.put(workload, literal);
        }
        return literal;
    }

    private int workloadDown(Workload workload) {
        int machine = machine(workload);
        int below =
                formula.or(
                        machine, infrastructure.disks(workload), infrastructure.cutOff(workload));
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
        return formula.or(clustered(cluster, hosts, minimum, host), shared);
    }

    private int clustered(Protection protection, List<Host> hosts, int minimum, Host serving) {
        if (hosts.size() < 2 || !hosts.contains(serving)) {
            return infrastructure.iron(serving);
        }
        int[] down = hosts.stream().mapToInt(infrastructure::iron).toArray();
        int tooMany = formula.atLeast(hosts.size() - minimum + 1, down);
        int self = infrastructure.iron(serving);
        int witness = component(protection.getWitness());
        boolean even = hosts.size() == 2 && protection.isAutomatic();
        int undecided = even ? formula.and(self, witness) : Formula.FALSE;
        int first = infrastructure.own(serving) >>> 1;
        int other = -1;
        if (hosts.size() == 2) {
            Host partner = hosts.get(0) == serving ? hosts.get(1) : hosts.get(0);
            other = formula.index(infrastructure.own(partner) >>> 1);
        }
        int takeover = takeover(protection, serving, self, formula.index(first), other);
        return formula.or(tooMany, undecided, takeover, commonCause(protection, serving));
    }

    /** Firmware, the same update, an administrator: a share of the failures hits all at once. */
    private int commonCause(Protection protection, Host host) {
        double beta = assumptions.commonCauseBeta();
        if (beta == 0) {
            return Formula.FALSE;
        }
        Figures figures = units.figures(host, "host");
        Figures assumed =
                new Figures(figures.mtbfHours(), figures.mttrHours(), Confidence.ASSUMED, "", true);
        return units.share(protection, "common", Role.COMMON_CAUSE, assumed, beta);
    }

    private int takeover(
            Protection protection, Component serving, int demand, int firstUnit, int secondUnit) {
        String part = "takeover " + serving.getId();
        int literal = units.derived(protection, part, Role.TAKEOVER);
        double manual =
                protection instanceof StandbyProtection
                        ? Double.NaN
                        : assumptions.manualTakeoverHours();
        double failover = protection.getTakeoverSeconds() / SECONDS_PER_HOUR;
        if (failover == 0 && exists(serving.getFailureData())) {
            failover = serving.getFailureData().getFailoverSeconds() / SECONDS_PER_HOUR;
        }
        takeovers.put(
                protection.getId() + part,
                new Takeover(
                        protection.getId(),
                        formula.index(literal >>> 1),
                        demand,
                        protection.getCoverage() * coverage(serving),
                        failover,
                        manual,
                        secondUnit < 0 ? -1 : firstUnit,
                        secondUnit));
        return literal;
    }

    private static double coverage(Component serving) {
        return exists(serving.getFailureData()) ? serving.getFailureData().getCoverage() : 1;
    }

    private int onStandby(StandbyProtection protection, Workload workload, int below) {
        if (!exists(protection.getImagePool()) || !exists(protection.getImagePool().getStandby())) {
            return below;
        }
        Machine standby = protection.getImagePool().getStandby();
        int dormant =
                units.assumed(
                        protection.getImagePool(), "dormant", Role.DORMANT, "standby.dormant");
        int line = Formula.FALSE;
        List<ActivationPlace> places = protection.getActivations();
        if (!places.isEmpty() && places.getFirst() == ActivationPlace.OVER_VPN) {
            Site here = Infrastructure.siteOf(workload);
            line = infrastructure.routes().unreachable(here, Infrastructure.siteOf(standby));
        }
        int storage = infrastructure.storage(protection.getImagePool().getStorage());
        int alternative = formula.or(component(standby), dormant, line, storage);
        int takeover = takeover(protection, workload, below, -1, -1);
        return formula.or(formula.and(below, alternative), takeover);
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
        int takeover = takeover(sites, workload, below, -1, -1);
        return formula.or(formula.and(below, infrastructure.or(broken)), takeover);
    }

    /** The takeover inside a group of copies, where one member serves at a time. */
    int groupTakeover(AvailabilityGroup group) {
        Workload first = group.getWorkloads().getFirst();
        return takeover(group, first, workload(first), -1, -1);
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
