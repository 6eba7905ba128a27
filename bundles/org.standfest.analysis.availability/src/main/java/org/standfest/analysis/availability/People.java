package org.standfest.analysis.availability;

import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.groups.SharedCrewGroup;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those who repair the machines of a topology, and what keeps them busy. One thread.
 *
 * @see org.standfest.analysis.markov.groups.SharedCrewGroup
 */
final class People {

    /** Less often than this they are not all with other machines at once: it does not matter. */
    private static final double BUSY_LEAST = 1e-6;

    /** With more machines than this, numbers are rounded so that one of them changes nothing. */
    private static final int EXACT_MOST = 50;

    private final int crews;
    private final boolean shared;
    private final GroupChains chains;
    private final Map<Machine, Figures> machines = new HashMap<>();

    /** Machines whose group has a chain with its people in it. */
    private final Set<Machine> grouped = new HashSet<>();

    /** For each machine that keeps images, the first one that it stands for. */
    private final Map<Machine, Machine> standIns = new HashMap<>();

    private double failuresPerHour;
    private double load;

    /**
     * What else the people of a group repair.
     *
     * @param count machines
     * @param mttfHours of one of them
     * @param mttrHours of one of them
     */
    record Others(int count, double mttfHours, double mttrHours) {
        static final Others NONE = new Others(0, 1, 1);
    }

    /**
     * @param chains that were solved before
     * @param shared whether the same people repair everything, because somebody stated how many
     *     they are; otherwise each group has its own
     */
    People(Topology topology, Units units, GroupChains chains, int crews, boolean shared) {
        this.chains = chains;
        this.crews = crews;
        this.shared = shared;
        for (Site site : topology.getSites()) {
            for (Host host : site.getHosts()) {
                add(host, units.figures(host, "host"));
            }
            for (PhysicalServer server : site.getServers()) {
                add(server, units.figures(server, "server"));
            }
        }
    }

    /** Those who repair a topology's machines, as far as somebody stated how many they are. */
    static People of(Topology topology, Units units, GroupChains chains, Assumptions assumptions) {
        boolean stated = assumptions.repairCrews() > 0 || topology.getItStaff() > 0;
        People people = new People(topology, units, chains, assumptions.crews(topology), stated);
        topology.getProtections().forEach(people::know);
        topology.getSparePools().stream()
                .flatMap(it -> it.getWorkloads().stream())
                .forEach(it -> people.grouped.add(Infrastructure.machineOf(it)));
        return people;
    }

    private void know(Protection protection) {
        switch (protection) {
            case MirrorPair pair -> {
                grouped.add(pair.getFirstHost());
                grouped.add(pair.getSecondHost());
            }
            case FailoverCluster cluster -> grouped.addAll(cluster.getHosts());
            case StandbyProtection standby when Infrastructure.exists(standby.getImagePool()) ->
                    standby.getWorkloads().stream()
                            .map(Infrastructure::machineOf)
                            .filter(Infrastructure::exists)
                            .forEach(
                                    it ->
                                            standIns.putIfAbsent(
                                                    standby.getImagePool().getStandby(), it));
            default -> {}
        }
    }

    /**
     * How long a machine waits on the average until somebody begins with it, because all are with
     * other machines; 0 for those whose group has a chain of its own. A standby and the machine
     * that it stands for are one pair for those who repair them: both wait alike, which is what the
     * chain of the pair wants.
     */
    double waitHours(Machine machine) {
        return waitAlone(standIns.getOrDefault(machine, machine));
    }

    private double waitAlone(Machine machine) {
        Figures own = machines.get(machine);
        if (own == null || grouped.contains(machine)) {
            return 0;
        }
        Others others = beside(List.of(machine));
        if (others.count() == 0) {
            return 0;
        }
        double mttf = own.mtbfHours();
        double mttr = own.mttrHours();
        SharedCrewGroup queue =
                new SharedCrewGroup(
                        1,
                        1,
                        mttf,
                        mttr,
                        others.count(),
                        others.mttfHours(),
                        others.mttrHours(),
                        crews);
        return chains.of(queue).map(it -> Math.max(0, meanDownTime(it, mttf) - mttr)).orElse(0.0);
    }

    private static double meanDownTime(GroupAvailability one, double mttf) {
        return mttf * one.unavailability() / one.availability();
    }

    private void add(Machine machine, Figures figures) {
        machines.put(machine, figures);
        failuresPerHour += 1 / figures.mtbfHours();
        load += figures.mttrHours() / figures.mtbfHours();
    }

    /** What the people repair beside a group; none where that hardly ever keeps it waiting. */
    Others beside(List<? extends Machine> group) {
        double often = failuresPerHour;
        double busy = load;
        int count = machines.size();
        for (Machine member : group) {
            Figures figures = machines.get(member);
            if (figures != null) {
                often -= 1 / figures.mtbfHours();
                busy -= figures.mttrHours() / figures.mtbfHours();
                count--;
            }
        }
        // All c people with other machines: about load to the c by c factorial, as in M/M/c/c.
        double all = 1;
        for (int i = 1; i <= crews && all > 0; i++) {
            all *= busy / i;
        }
        boolean enough = machines.size() <= crews;
        if (!shared || enough || count <= 0 || all < BUSY_LEAST) {
            return Others.NONE;
        }
        double mttf = count / often;
        double mttr = busy / often;
        return machines.size() <= EXACT_MOST
                ? new Others(count, mttf, mttr)
                : new Others(
                        (int) rounded(count, RoundingMode.CEILING),
                        rounded(mttf, RoundingMode.FLOOR),
                        rounded(mttr, RoundingMode.CEILING));
    }

    private static double rounded(double value, RoundingMode mode) {
        return new BigDecimal(value).round(new MathContext(2, mode)).doubleValue();
    }
}
