package org.standfest.analysis.availability;

import org.eclipse.emf.common.util.TreeIterator;
import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Improvement.Kind;
import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * "What one euro buys". Each candidate changes the figures of a unit that contributes; the same
 * structures are evaluated again, which is conditioning and exact for an improved part that is
 * independent of the rest. A twin of something: U becomes U² + beta·U. One thread.
 */
final class Improvements {

    private static final int CANDIDATES_MOST = 60;
    private static final double MINUTES_PER_YEAR = 8760 * 60;
    private static final double FOUR_TIMES = 0.25;
    private static final double HALF = 0.5;
    private static final double STANDBY_COVERAGE = 0.97;
    private static final double ACTIVATION_HOURS = 480 / 3600.0;
    private static final int LEAST_INTERVAL_SECONDS = 900;
    private static final int INTERVALS_MOST = 10;

    private final Topology topology;
    private final AvailabilityAnalyzer analyzer;
    private final AvailabilityReport report;
    private final Assumptions assumptions;
    private final CostDefaults costs;
    private final Map<String, Element> elements = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();
    private final Set<String> guarded = new HashSet<>();

    Improvements(
            Topology topology,
            AvailabilityAnalyzer analyzer,
            AvailabilityReport report,
            Assumptions assumptions) {
        this.topology = topology;
        this.analyzer = analyzer;
        this.report = report;
        this.assumptions = assumptions;
        costs = assumptions.costs();
        for (TreeIterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Element element) {
                elements.put(String.valueOf(element.getId()), element);
            }
        }
        for (Service service : topology.getServices()) {
            users.put(service.getId(), service.getUsers());
        }
        for (Protection protection : topology.getProtections()) {
            for (Workload workload : protection.getWorkloads()) {
                guarded.add(String.valueOf(workload.getId()));
                if (workload instanceof VirtualMachine guest && guest.getHost() != null) {
                    guarded.add(String.valueOf(guest.getHost().getId()));
                }
            }
            if (protection instanceof StandbyProtection it && it.getImagePool() != null) {
                EObject standby = it.getImagePool().getStandby();
                guarded.add(standby instanceof Element element ? element.getId() : "");
            }
        }
    }

    /** A change of one or several units. */
    private record Candidate(
            Kind kind, Element element, Map<Integer, Double> fixed, double contribution) {}

    List<Improvement> of(Watcher watcher) {
        List<Improvement> found = new ArrayList<>(shorterIntervals());
        Map<Goal, Double> now = new HashMap<>();
        for (ServiceAvailability service : report.services()) {
            if (service.goal().siteId().isEmpty()) {
                now.put(service.goal(), service.unavailability());
            }
        }
        for (Candidate candidate : candidates()) {
            if (watcher.cancelled()) {
                break;
            }
            Improvement improvement = evaluated(candidate, now);
            if (improvement.minutesAvoidedPerYear() > 0) {
                found.add(improvement);
            }
        }
        found.sort(
                Comparator.comparingDouble(Improvement::minutesPerEuro)
                        .reversed()
                        .thenComparing(Improvement::elementName));
        return found;
    }

    private Improvement evaluated(Candidate candidate, Map<Goal, Double> now) {
        Map<Goal, Double> minutes = new HashMap<>();
        double sum = 0;
        double hours = 0;
        for (Map.Entry<Goal, Double> then : analyzer.whatIf(report, candidate.fixed).entrySet()) {
            Double before = now.get(then.getKey());
            double gain = before == null ? 0 : (before - then.getValue()) * MINUTES_PER_YEAR;
            if (gain > 0) {
                minutes.put(then.getKey(), gain);
                sum += gain;
                hours += gain / 60 * users.getOrDefault(then.getKey().serviceId(), 0);
            }
        }
        return new Improvement(
                candidate.kind,
                String.valueOf(candidate.element.getId()),
                name(candidate.element),
                sum,
                hours,
                minutes,
                0,
                costs.euroPerYear(candidate.kind),
                costs.of(candidate.kind).source());
    }

    private static String name(Element element) {
        return element.getName() == null ? "" : element.getName();
    }

    /** The largest contributors over all services, each with what can be done about it. */
    private List<Candidate> candidates() {
        Map<Integer, Double> contributions = new LinkedHashMap<>();
        Map<Integer, Integer> whole = new HashMap<>();
        for (TakeoverResult it : analyzer.takeovers()) {
            it.rests().forEach(rest -> whole.put(rest, it.unit()));
            it.states().forEach(state -> whole.put(state, it.unit()));
        }
        for (ServiceAvailability service : report.services()) {
            if (service.goal().siteId().isEmpty()) {
                for (Weakness it : service.weaknesses()) {
                    contributions.merge(
                            whole.getOrDefault(it.unit(), it.unit()),
                            it.downtimeHoursPerYear(),
                            Double::sum);
                }
            }
        }
        List<Candidate> all = new ArrayList<>();
        contributions.forEach((unit, hours) -> add(report.units().get(unit), hours, all));
        standbys(contributions, all);
        all.sort(Comparator.comparingDouble(Candidate::contribution).reversed());
        return all.subList(0, Math.min(CANDIDATES_MOST, all.size()));
    }

    private void add(Unit unit, double hours, List<Candidate> into) {
        Element element = elements.get(unit.elementId());
        double u = unit.unavailability();
        if (element == null || u <= 0 || hours <= 0) {
            return;
        }
        Kind twin = twin(unit, element);
        if (twin != null) {
            double both = u * u + assumptions.commonCauseBeta() * u;
            into.add(new Candidate(twin, element, Map.of(unit.index(), both), hours));
        }
        boolean part =
                element instanceof Host
                        || element instanceof PhysicalServer
                        || element instanceof Network;
        if (unit.role() == Role.ITSELF && part) {
            into.add(
                    new Candidate(Kind.SPARE_PART, element, Map.of(unit.index(), u * HALF), hours));
        }
        double better =
                switch (unit.role()) {
                    case LONG_OUTAGE -> longerBattery(unit);
                    case DORMANT -> u * FOUR_TIMES;
                    default -> u;
                };
        if (better < u) {
            Kind kind = unit.role() == Role.LONG_OUTAGE ? Kind.LONGER_BATTERY : Kind.MORE_TESTS;
            into.add(new Candidate(kind, element, Map.of(unit.index(), better), hours));
        }
        Map<Integer, Double> rehearsed = unit.role() == Role.TAKEOVER ? rehearsed(unit) : Map.of();
        if (!rehearsed.isEmpty()) {
            into.add(new Candidate(Kind.REHEARSED_TAKEOVER, element, rehearsed, hours));
        }
    }

    private static Kind twin(Unit unit, Element element) {
        boolean itself = unit.role() == Role.ITSELF;
        return switch (element) {
            case PowerFeed _ when itself || unit.role() == Role.LONG_OUTAGE -> Kind.SECOND_FEED;
            case Network _ when itself -> Kind.SECOND_SWITCH;
            case Link _ when itself -> Kind.SECOND_LINE;
            case Storage _ when itself -> Kind.SECOND_STORAGE;
            case VirtualMachine _ when itself -> Kind.SECOND_INSTANCE;
            default -> null;
        };
    }

    /** The share s of outages that outlasts the batteries becomes s⁴ for four times the time. */
    private double longerBattery(Unit unit) {
        double brief = 0;
        for (Unit other : report.units()) {
            if (other.role() == Role.SHORT_OUTAGE && other.elementId().equals(unit.elementId())) {
                brief = other.unavailability();
            }
        }
        double all = unit.unavailability() + brief;
        return all * Math.pow(unit.unavailability() / all, 1 / FOUR_TIMES);
    }

    /** Half of what does not work by itself does after rehearsals, whatever makes it necessary. */
    private Map<Integer, Double> rehearsed(Unit unit) {
        Map<Integer, Double> fixed = new HashMap<>();
        for (TakeoverResult it : analyzer.takeovers()) {
            if (it.unit() == unit.index() && it.coverage() < 1) {
                double covered = it.coverage() * it.takeoverHours();
                double failed = Math.max(0, unit.meanDownTimeHours() - covered);
                double gain = HALF * (failed - (1 - it.coverage()) * it.takeoverHours());
                double left = 1 - Math.max(0, gain) / unit.meanDownTimeHours();
                fixed.put(unit.index(), unit.unavailability() * left);
                Stream.concat(it.rests().stream(), it.states().stream())
                        .forEach(
                                state ->
                                        fixed.put(
                                                state,
                                                report.units().get(state).unavailability() * left));
            }
        }
        return fixed;
    }

    /**
     * A standby for iron that has none: its outages then last as long as an activation, or as
     * before where the standby does not help.
     */
    private void standbys(Map<Integer, Double> contributions, List<Candidate> into) {
        Map<String, Map<Integer, Double>> machines = new LinkedHashMap<>();
        Map<String, Double> hours = new HashMap<>();
        double helpless =
                1
                        - STANDBY_COVERAGE
                        + assumptions.standbyTestIntervalHours()
                                / (2 * assumptions.defaults().of("standby.dormant").mtbfHours());
        contributions.forEach(
                (index, share) -> {
                    Unit unit = report.units().get(index);
                    Element element = elements.get(unit.elementId());
                    boolean iron = element instanceof Host || element instanceof PhysicalServer;
                    if (iron && !guarded.contains(unit.elementId())) {
                        double then =
                                unit.unavailability() * helpless
                                        + unit.failuresPerHour() * ACTIVATION_HOURS;
                        machines.computeIfAbsent(unit.elementId(), _ -> new HashMap<>())
                                .put(index, Math.min(unit.unavailability(), then));
                        hours.merge(unit.elementId(), share, Double::sum);
                    }
                });
        machines.forEach(
                (id, fixed) ->
                        into.add(
                                new Candidate(
                                        Kind.STANDBY, elements.get(id), fixed, hours.get(id))));
    }

    /** Four times as often: the age of the newest copy shrinks by three eighths of the interval. */
    private List<Improvement> shorterIntervals() {
        return topology.getProtections().stream()
                .filter(StandbyProtection.class::isInstance)
                .map(StandbyProtection.class::cast)
                .filter(it -> it.getIntervalSeconds() >= LEAST_INTERVAL_SECONDS)
                .sorted(Comparator.comparingInt(StandbyProtection::getIntervalSeconds).reversed())
                .limit(INTERVALS_MOST)
                .map(
                        it ->
                                new Improvement(
                                        Kind.SHORTER_INTERVAL,
                                        String.valueOf(it.getId()),
                                        name(it),
                                        0,
                                        0,
                                        Map.of(),
                                        it.getIntervalSeconds() * HALF * (1 - FOUR_TIMES),
                                        costs.euroPerYear(Kind.SHORTER_INTERVAL),
                                        costs.of(Kind.SHORTER_INTERVAL).source()))
                .toList();
    }
}
