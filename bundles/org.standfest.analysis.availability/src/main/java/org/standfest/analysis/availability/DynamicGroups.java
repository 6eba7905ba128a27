package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.Takeover.Effect;
import org.standfest.analysis.availability.Takeover.Group;
import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.SparePool;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What members of a group do to each other beside failing: they wait for the same people, fail for
 * the same reason, are not yet in step again, or take the last spare server. Each is a unit of its
 * own that gets its figures from a Markov chain ({@link TakeoverFigures}). One thread.
 */
final class DynamicGroups {

    private static final double BITS_PER_GIB = 8.0 * (1 << 30);
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Formula formula;
    private final Units units;
    private final Infrastructure infrastructure;
    private final double beta;
    private final int crews;
    private final int stages;
    private final People people;
    private final List<Takeover> found = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    DynamicGroups(
            Topology topology,
            Formula formula,
            Units units,
            Infrastructure infrastructure,
            People people,
            Assumptions assumptions) {
        this.formula = formula;
        this.units = units;
        this.infrastructure = infrastructure;
        beta = assumptions.commonCauseBeta();
        crews = assumptions.crews(topology);
        stages = assumptions.repairStages();
        this.people = people;
    }

    List<Takeover> found() {
        return found;
    }

    /**
     * The group of a serving machine and the one that stands by for it.
     *
     * @param figure as in {@link Group}
     */
    Group pair(Machine serving, Machine other, int figure) {
        return new Group(List.of(own(serving), own(other)), 1, crews, figure);
    }

    private int own(Machine machine) {
        return formula.index(infrastructure.own(machine) >>> 1);
    }

    private static String name(Element element) {
        return element.getName() == null ? "" : element.getName();
    }

    /** Queue for the crews, common causes and the window of resynchronisation. */
    int waiting(Protection protection, List<Host> hosts, int minimum) {
        Integer before = known.get(protection.getId());
        if (before != null) {
            return before;
        }
        List<Integer> members = hosts.stream().map(this::own).toList();
        int[] literals = hosts.stream().mapToInt(infrastructure::own).toArray();
        int tooMany = formula.atLeast(hosts.size() - minimum + 1, literals);
        List<Integer> reasons = new ArrayList<>();
        People.Others others = people.beside(hosts);
        if (crews < hosts.size() || others.count() > 0) {
            Group group = new Group(members, minimum, crews, 0, stages, others);
            reasons.add(add(protection, "queue", Role.REPAIR_QUEUE, Effect.QUEUE, tooMany, group));
        }
        if (beta > 0) {
            Group group = new Group(members, minimum, crews, beta);
            reasons.add(
                    add(
                            protection,
                            "common",
                            Role.COMMON_CAUSE,
                            Effect.COMMON_CAUSE,
                            tooMany,
                            group));
        }
        double resync = protection instanceof MirrorPair pair ? resyncHours(pair) : 0;
        if (resync > 0) {
            Group group = new Group(members, 1, crews, resync);
            reasons.add(add(protection, "resync", Role.RESYNC, Effect.RESYNC, tooMany, group));
        }
        int any = infrastructure.or(reasons);
        known.put(protection.getId(), any);
        return any;
    }

    private int add(
            Element element, String part, Role role, Effect effect, int tooMany, Group group) {
        int literal = units.derived(element, part, role);
        found.add(
                new Takeover(
                        String.valueOf(element.getId()),
                        name(element),
                        String.valueOf(element.getId()),
                        name(element),
                        effect,
                        formula.index(literal >>> 1),
                        tooMany,
                        1,
                        effect == Effect.RESYNC ? group.figure() : 0,
                        0,
                        group));
        return literal;
    }

    /**
     * N+1: every host of a cluster is needed, and spare ones that are off boot in place of those
     * that fail. True when one has failed and none has booted yet, or something else stops one.
     *
     * @param bootHours from failure until the spare carries the load
     */
    int spareHosts(Protection cluster, List<Host> hosts, int spares, double bootHours) {
        Integer before = known.get(cluster.getId());
        if (before != null) {
            return before;
        }
        List<Integer> members = hosts.stream().map(this::own).toList();
        int any = infrastructure.or(hosts.stream().map(infrastructure::own).toList());
        int literal = units.derived(cluster, "spares", Role.SPARES_USED);
        found.add(
                new Takeover(
                        String.valueOf(cluster.getId()),
                        name(cluster),
                        String.valueOf(cluster.getId()),
                        name(cluster),
                        Effect.SPARES_BOOTING,
                        formula.index(literal >>> 1),
                        any,
                        1,
                        bootHours,
                        0,
                        new Group(members, members.size(), crews, spares)));
        int beside = infrastructure.or(hosts.stream().map(infrastructure::besideOwn).toList());
        int down = formula.or(formula.and(any, literal), beside);
        known.put(cluster.getId(), down);
        return down;
    }

    /** Everything that is used goes over the network of the mirror once. */
    private static double resyncHours(MirrorPair pair) {
        double bandwidth =
                exists(pair.getSyncNetwork()) ? pair.getSyncNetwork().getBandwidthMbps() : 0;
        double bits = 0;
        for (Workload workload : pair.getWorkloads()) {
            for (Disk disk : workload.getDisks()) {
                bits += disk.getUsedGiB() * BITS_PER_GIB;
            }
        }
        return bandwidth > 0 ? bits / (bandwidth * BITS_PER_MEGABIT) / SECONDS_PER_HOUR : 0;
    }

    /**
     * Those who are left do not know whether they may go on: without a majority of the votes a
     * cluster whose manager counts votes stops; a pair that has a third party needs it to take
     * over.
     *
     * @param tooMany so many hosts down are too many anyway
     */
    int undecided(Protection protection, int[] down, int tooMany, int self, int witness) {
        boolean asked = exists(protection.getWitness());
        int votes = down.length + (asked ? 1 : 0);
        if (protection instanceof FailoverCluster cluster && counts(cluster) && votes > 2) {
            if (!asked && votes - votes / 2 >= tooMany) {
                return Formula.FALSE;
            }
            int[] all = Arrays.copyOf(down, votes);
            if (asked) {
                all[votes - 1] = witness;
            }
            return formula.atLeast(votes - votes / 2, all);
        }
        boolean even = down.length == 2 && protection.isAutomatic();
        return even ? formula.and(self, witness) : Formula.FALSE;
    }

    private static boolean counts(FailoverCluster cluster) {
        ClusterManager manager = cluster.getManager();
        return cluster.isAutomatic()
                && (manager == ClusterManager.PACEMAKER
                        || manager == ClusterManager.WINDOWS_CLUSTER
                        || manager == ClusterManager.PROXMOX_HA);
    }

    /** No spare server is left for one of the machines that share the pool. */
    int sparesUsed(SparePool pool, Machine serving) {
        Integer before = known.get(pool.getId());
        if (before != null) {
            return before;
        }
        Set<Integer> members = new LinkedHashSet<>();
        members.add(own(serving));
        for (Workload workload : pool.getWorkloads()) {
            Machine machine = Infrastructure.machineOf(workload);
            if (exists(machine)) {
                members.add(own(machine));
            }
        }
        int spares = pool.getSpares().stream().mapToInt(it -> it.getCount()).sum();
        Group group = new Group(List.copyOf(members), members.size(), crews, spares);
        int literal =
                add(
                        pool,
                        "used",
                        Role.SPARES_USED,
                        Effect.SPARES_USED,
                        infrastructure.own(serving),
                        group);
        known.put(pool.getId(), literal);
        return literal;
    }
}
