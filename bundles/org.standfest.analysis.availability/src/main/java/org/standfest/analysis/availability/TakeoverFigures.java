package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Takeover.Group;
import org.standfest.analysis.availability.TakeoverResult.Method;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.groups.CommonCauseGroup;
import org.standfest.analysis.markov.groups.FailoverCluster;
import org.standfest.analysis.markov.groups.KOutOfN;
import org.standfest.analysis.markov.groups.MirrorPair;
import org.standfest.analysis.markov.groups.SharedCrewGroup;
import org.standfest.analysis.markov.groups.SparePool;
import org.standfest.analysis.markov.groups.StandbyGroup;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of dynamic groups. The structure counts the members of a group as independent, with
 * the unavailability B and the frequency b that they have then. The Markov chain of the group gives
 * C and c. A unit of its own carries the difference:
 *
 * <p>E = (C - B) / (1 - B), e = (c - b (1 - E)) / (1 - B),
 *
 * <p>so that "too many members down, or this unit" has exactly C and c. What a group stands on
 * (site, electricity) and other reasons for a takeover count in first order: one outage for each
 * demand, as long as a takeover with the probability of coverage, and otherwise until a person has
 * acted or the failed thing is repaired. One thread.
 */
final class TakeoverFigures {

    private static final double HOURS_PER_YEAR = 8760;
    private static final double MOST = 0.5;

    /** A standby that hardly ever fails while it waits is called cold. */
    private static final double COLD = 0.01;

    private static final double ALIKE = 1e-9;

    private final double[] down;
    private final double[] up;
    private final double[] failures;
    private final GroupChains chains;
    private final Map<Integer, TakeoverResult> results = new LinkedHashMap<>();
    private final Map<Integer, Extra> pairs = new HashMap<>();
    private List<Integer> reasons = List.of();

    /** Writes into the arrays. */
    TakeoverFigures(double[] down, double[] up, double[] failures, GroupChains chains) {
        this.chains = chains;
        this.down = down;
        this.up = up;
        this.failures = failures;
    }

    /** What was settled so far. */
    List<TakeoverResult> results() {
        return List.copyOf(results.values());
    }

    /** What the chain of two members says of a takeover's unit; what it stands on is not in it. */
    Optional<Extra> pair(int unit) {
        return Optional.ofNullable(pairs.get(unit));
    }

    /** Where the group is no module, a condition stands for it too. */
    void alsoStandsFor(GroupState state) {
        results.computeIfPresent(state.takeover(), (_, it) -> it.with(state));
    }

    /** Sets the figures of a takeover's unit; what its demand depends on must be settled before. */
    void settle(Takeover takeover, StructureFunction demand) {
        Renewal needed = demand.renewal(down, up, failures);
        reasons = Arrays.stream(demand.events()).boxed().toList();
        switch (takeover.effect()) {
            case TAKEOVER -> switched(takeover, needed, demand.events());
            case SPARES_USED -> sparesUsed(takeover);
            case SPARES_BOOTING -> sparesBooting(takeover, needed);
            default -> waiting(takeover, needed);
        }
    }

    /** Mean times of the members of a group; the mean of them where they are not alike. */
    private record Times(double mttfHours, double mttrHours, boolean equal) {}

    private Times times(List<Integer> members) {
        double mttf = 0;
        double mttr = 0;
        int first = members.getFirst();
        boolean equal = true;
        for (int member : members) {
            mttf += up[member] / failures[member];
            mttr += down[member] / failures[member];
            equal &= down[member] == down[first] && failures[member] == failures[first];
        }
        int count = members.size();
        return equal
                ? new Times(up[first] / failures[first], down[first] / failures[first], true)
                : new Times(mttf / count, mttr / count, false);
    }

    /** Queue, common cause and resynchronisation: the chain less what is counted already. */
    private void waiting(Takeover takeover, Renewal independent) {
        Group group = takeover.group();
        Times times = times(group.members());
        int units = group.members().size();
        double mttf = times.mttfHours;
        double mttr = times.mttrHours;
        Optional<GroupAvailability> base =
                chains.of(new KOutOfN(group.needed(), units, mttf, mttr, group.crews()));
        Extra extra = Extra.NONE;
        String model =
                switch (takeover.effect()) {
                    case QUEUE -> group.others().count() > 0 ? "SharedCrewGroup" : "KOutOfN";
                    case COMMON_CAUSE -> "CommonCauseGroup";
                    default -> "MirrorPair";
                };
        Method method = times.equal ? Method.CHAIN : Method.CHAIN_AND_FIRST_ORDER;
        if (takeover.effect() == Takeover.Effect.QUEUE) {
            extra = queued(takeover, times, independent);
        } else {
            Optional<GroupAvailability> chain =
                    takeover.effect() == Takeover.Effect.COMMON_CAUSE
                            ? chains.of(
                                    new CommonCauseGroup(
                                            group.needed(),
                                            units,
                                            mttf,
                                            mttr,
                                            group.figure(),
                                            mttr,
                                            group.crews()))
                            : chains.of(new MirrorPair(mttf, mttr, group.figure(), group.crews()));
            if (chain.isPresent() && base.isPresent()) {
                extra = Extra.of(chain.get(), base.get());
            }
        }
        put(takeover.unit(), extra.unavailability, extra.frequency);
        add(takeover, model, extra.cut ? Method.BOUND : method, extra.frequency);
    }

    /** Too many down while people are with other machines, of the group or not. */
    private Extra queued(Takeover takeover, Times times, Renewal independent) {
        Group group = takeover.group();
        int units = group.members().size();
        double mttf = times.mttfHours;
        double mttr = times.mttrHours;
        People.Others others = group.others();
        boolean single = group.crews() == 1 && others.count() == 0;
        int stages = single ? group.stages() : 1;
        KOutOfN alone = new KOutOfN(group.needed(), units, mttf, mttr, group.crews(), stages);
        Optional<GroupAvailability> shared =
                others.count() == 0
                        ? chains.of(alone)
                        : chains.of(
                                new SharedCrewGroup(
                                        group.needed(),
                                        units,
                                        mttf,
                                        mttr,
                                        others.count(),
                                        others.mttfHours(),
                                        others.mttrHours(),
                                        group.crews()));
        Optional<GroupAvailability> exact =
                times.equal ? shared : chains.distinct(group, down, up, failures);
        Extra extra =
                exact.map(
                                it ->
                                        Extra.of(
                                                it.unavailability(),
                                                it.failureFrequencyPerHour(),
                                                independent.unavailability(),
                                                independent.failuresPerHour()))
                        .orElse(Extra.NONE);
        if (times.equal || others.count() == 0 || shared.isEmpty()) {
            return extra;
        }
        // Members that differ: what others add is taken from members with the mean times.
        Optional<GroupAvailability> mean = chains.of(alone);
        return mean.map(it -> Extra.of(shared.get(), it)).map(extra::and).orElse(extra);
    }

    /** What a chain has more than the structure. */
    record Extra(double unavailability, double frequency, boolean cut) {

        private static final Extra NONE = new Extra(0, 0, false);

        static Extra of(GroupAvailability chain, GroupAvailability base) {
            return of(
                    chain.unavailability(),
                    chain.failureFrequencyPerHour(),
                    base.unavailability(),
                    base.failureFrequencyPerHour());
        }

        Extra and(Extra other) {
            return new Extra(
                    unavailability + other.unavailability,
                    frequency + other.frequency,
                    cut || other.cut);
        }

        /** Where the chain is better than independent units, the structure is the bound. */
        static Extra of(double chain, double frequency, double base, double baseFrequency) {
            double extra = (chain - base) / (1 - base);
            double e = (frequency - baseFrequency * (1 - extra)) / (1 - base);
            // Rounding alone is no difference.
            boolean none = extra <= 0 || Math.abs(chain - base) < 4 * Math.ulp(base);
            boolean cut = chain < base * (1 - 1e-9);
            return none ? new Extra(0, 0, cut) : new Extra(extra, Math.max(0, e), false);
        }
    }

    private void switched(Takeover takeover, Renewal needed, int[] events) {
        Figures figures = figures(takeover, needed, events);
        Extra extra = figures.extra;
        put(takeover.unit(), extra.unavailability, extra.frequency);
        String model = figures.chain ? model(takeover.group()) : "demand";
        boolean alone = events.length == 1;
        Method method =
                !figures.chain
                        ? Method.FIRST_ORDER
                        : alone ? Method.CHAIN : Method.CHAIN_AND_FIRST_ORDER;
        add(takeover, model, extra.cut ? Method.BOUND : method, needed.failuresPerHour());
    }

    private String model(Group group) {
        if (group.figure() == Group.CLUSTER) {
            return "FailoverCluster";
        }
        double dormancy = dormancy(group);
        return "StandbyGroup, " + (dormancy == 1 ? "hot" : dormancy < COLD ? "cold" : "warm");
    }

    /** Figures of a takeover, and whether its members' part of them is from a chain. */
    record Figures(Extra extra, boolean chain) {}

    /**
     * What a takeover costs that is made necessary by something: the first member's own failures as
     * the chain of the pair says, the others in first order.
     *
     * @param events everything that makes it necessary
     */
    Figures figures(Takeover takeover, Renewal needed, int[] events) {
        double frequency = needed.failuresPerHour();
        if (frequency <= 0) {
            return new Figures(Extra.NONE, false);
        }
        double outage = outageHours(takeover, needed.meanDownTimeHours());
        double unavailability = frequency * outage;
        Optional<Extra> pair = takeover.isPair() ? pair(takeover) : Optional.empty();
        int member = takeover.isPair() ? takeover.group().members().getFirst() : -1;
        if (pair.isEmpty() || Arrays.binarySearch(events, member) < 0) {
            double often = unavailability == 0 ? 0 : frequency;
            return new Figures(new Extra(Math.min(MOST, unavailability), often, false), false);
        }
        Extra chain = pair.get();
        pairs.put(takeover.unit(), chain);
        double first = failures[member];
        double rest = events.length == 1 ? 0 : Math.max(0, frequency - first);
        double all = Math.min(MOST, rest * outage + chain.unavailability);
        return new Figures(new Extra(all, rest + chain.frequency, chain.cut), true);
    }

    /** How long a takeover lasts on the average when what began it is repaired after some time. */
    static double outageHours(Takeover takeover, double repair) {
        double manual = Double.isNaN(takeover.manualHours()) ? repair : takeover.manualHours();
        double covered = Math.min(takeover.failoverHours(), repair);
        return takeover.coverage() * covered + (1 - takeover.coverage()) * manual;
    }

    private Optional<Extra> pair(Takeover takeover) {
        Group group = takeover.group();
        Times times = times(group.members());
        boolean standby = group.figure() != Group.CLUSTER;
        double dormancy = dormancy(group);
        if (Double.isNaN(dormancy) || !standby && takeover.failoverHours() <= 0) {
            return Optional.empty();
        }
        double mttf = times(group.members().subList(0, 1)).mttfHours;
        double mttr = times.mttrHours;
        Optional<GroupAvailability> chain =
                standby
                        ? chains.of(
                                new StandbyGroup(
                                        1,
                                        1,
                                        mttf,
                                        mttr,
                                        dormancy,
                                        group.crews(),
                                        1 - takeover.coverage(),
                                        takeover.failoverHours()))
                        : chains.of(
                                new FailoverCluster(
                                        mttf,
                                        mttr,
                                        takeover.failoverHours(),
                                        takeover.coverage(),
                                        takeover.manualHours(),
                                        group.crews()));
        Optional<GroupAvailability> base =
                times.equal
                        ? chains.of(new KOutOfN(1, 2, mttf, mttr, group.crews()))
                        : chains.distinct(group, down, up, failures);
        return chain.flatMap(it -> base.map(other -> Extra.of(it, other)));
    }

    /**
     * How often the second of two fails as a share of the first: below 1 for a standby that ages
     * slower while it waits; no number where the two are different machines.
     */
    private double dormancy(Group group) {
        Times both = times(group.members());
        if (both.equal) {
            return 1;
        }
        Times first = times(group.members().subList(0, 1));
        Times second = times(group.members().subList(1, 2));
        boolean alike = Math.abs(first.mttrHours - second.mttrHours) < ALIKE * first.mttrHours;
        boolean slower = alike && second.mttfHours > first.mttfHours;
        return group.figure() == Group.WAITING && slower
                ? first.mttfHours / second.mttfHours
                : Double.NaN;
    }

    /**
     * Spare servers off on the shelf: the probability that none is left for a machine that is down,
     * so that "machine down and no spare" has what the chain of all machines says.
     */
    private void sparesUsed(Takeover takeover) {
        Group group = takeover.group();
        Times times = times(group.members());
        int first = group.members().getFirst();
        int spares = (int) group.figure();
        GroupAvailability unserved =
                chains.unserved(
                        group.members().size(),
                        spares,
                        times.mttfHours,
                        times.mttrHours,
                        group.crews());
        double share = Math.min(1, unserved.unavailability() / down[first]);
        double frequency =
                (unserved.failureFrequencyPerHour() - share * failures[first]) / down[first];
        put(takeover.unit(), share, Math.max(0, frequency));
        add(
                takeover,
                "StandbyGroup",
                group.members().size() == 1 ? Method.CHAIN : Method.CHAIN_AND_FIRST_ORDER,
                failures[first] * group.members().size());
    }

    /**
     * Spare hosts that boot: the probability that none has booted while a host is down, so that
     * "host down and none booted" has what the chain says.
     */
    private void sparesBooting(Takeover takeover, Renewal anyDown) {
        Group group = takeover.group();
        Times times = times(group.members());
        SparePool pool =
                new SparePool(
                        group.members().size(),
                        (int) group.figure(),
                        times.mttfHours,
                        times.mttrHours,
                        takeover.failoverHours(),
                        group.crews());
        Optional<GroupAvailability> chain = chains.of(pool);
        double share = 1;
        double frequency = 0;
        if (chain.isPresent()) {
            double any = anyDown.unavailability();
            share = Math.min(1, chain.get().unavailability() / any);
            double often = chain.get().failureFrequencyPerHour();
            frequency = Math.max(0, (often - share * anyDown.failuresPerHour()) / any);
        }
        put(takeover.unit(), share, frequency);
        add(
                takeover,
                "SparePool",
                times.equal ? Method.CHAIN : Method.CHAIN_AND_FIRST_ORDER,
                anyDown.failuresPerHour());
    }

    private void add(Takeover takeover, String model, Method method, double demandsPerHour) {
        results.put(
                takeover.unit(),
                new TakeoverResult(
                        takeover.protectionId(),
                        takeover.protectionName(),
                        takeover.elementId(),
                        takeover.elementName(),
                        takeover.unit(),
                        List.of(),
                        List.of(),
                        reasons,
                        model,
                        method,
                        demandsPerHour * HOURS_PER_YEAR,
                        takeover.coverage(),
                        takeover.failoverHours(),
                        down[takeover.unit()] * HOURS_PER_YEAR * 60));
    }

    private void put(int index, double unavailability, double frequency) {
        down[index] = unavailability;
        up[index] = 1 - unavailability;
        failures[index] = frequency;
    }
}
