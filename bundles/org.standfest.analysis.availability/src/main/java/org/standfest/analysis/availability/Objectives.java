package org.standfest.analysis.availability;

import org.standfest.analysis.availability.DataLoss.Loss;
import org.standfest.analysis.availability.ServiceObjectives.Kind;
import org.standfest.analysis.availability.ServiceObjectives.Objective;
import org.standfest.analysis.availability.ServiceObjectives.Quantiles;
import org.standfest.analysis.distributions.Distribution;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Outage durations and data loss of each service.
 *
 * <p>An outage belongs to a minimal cut set. It begins ω = P(C)·Σ 1/d times an hour, d being the
 * mean down times of its units, and ends with the first repair: exponential with the rate Σ 1/d. A
 * takeover lasts as long as planned (triangular, half to one and a half of it), or until a person
 * has acted (exponential) where it does not work by itself. The mixture of all, weighted by ω, is
 * the distribution of the duration (RTA). One thread.
 */
final class Objectives {

    private static final int CUT_SETS = 100;
    private static final double HOURS_PER_YEAR = 8760;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double LONGEST_HOURS = 1e12;
    private static final double SHORTEST_HOURS = 1e-7;
    private static final double[] ASKED = {0.5, 0.9, 0.95, 0.99};

    private final Topology topology;
    private final AvailabilityAnalyzer analyzer;
    private final AvailabilityReport report;
    private final DataLoss losses;
    private final Map<Integer, TakeoverResult> byUnit = new HashMap<>();

    Objectives(Topology topology, AvailabilityAnalyzer analyzer, AvailabilityReport report) {
        this.topology = topology;
        this.analyzer = analyzer;
        this.report = report;
        for (TakeoverResult it : analyzer.takeovers()) {
            byUnit.put(it.unit(), it);
            it.rests().forEach(rest -> byUnit.put(rest, it));
            it.states().forEach(state -> byUnit.put(state, it));
        }
        losses = new DataLoss(topology, analyzer.takeovers());
    }

    List<ServiceObjectives> of(Watcher watcher) {
        List<ServiceObjectives> all = new ArrayList<>();
        for (Service service : topology.getServices()) {
            if (watcher.cancelled()) {
                break;
            }
            report.service(service.getId())
                    .filter(ServiceAvailability::isExact)
                    .ifPresent(it -> all.add(of(service, it, watcher)));
        }
        return all;
    }

    private ServiceObjectives of(Service service, ServiceAvailability found, Watcher watcher) {
        double frequency = found.renewal().orElseThrow().failuresPerHour();
        Map<Distribution, Double> parts = new LinkedHashMap<>();
        double sum = 0;
        for (CutSet set : analyzer.cutSets(report, found.goal(), CUT_SETS, watcher)) {
            double rate = 0;
            for (int event : set.events()) {
                rate += 1 / report.units().get(event).meanDownTimeHours();
            }
            double weight = set.probability() * rate;
            if (weight > 0 && rate < Double.POSITIVE_INFINITY) {
                parts.merge(duration(set, 1 / rate), weight, Double::sum);
                sum += weight;
            }
        }
        Optional<Distribution> outage = mixture(parts, sum);
        DataLoss.Answer loss = losses.of(service);
        List<Objective> objectives = new ArrayList<>();
        double perYear = frequency * HOURS_PER_YEAR;
        outage.ifPresent(
                it -> {
                    add(Kind.RTO, service.getRtoSeconds(), it, perYear, objectives);
                    add(Kind.MTPD, service.getMtpdSeconds(), it, perYear, objectives);
                });
        if (service.getRpoSeconds() != null && !loss.losses().isEmpty()) {
            objectives.add(rpo(service.getRpoSeconds(), loss));
        }
        return new ServiceObjectives(
                service.getId(),
                found.goal().serviceName(),
                perYear,
                outage,
                frequency > 0 ? Math.min(1, sum / frequency) : 1,
                outage.map(Objectives::quantiles).orElse(new Quantiles(0, 0, 0, 0, 0)),
                loss.losses().isEmpty() ? Optional.empty() : Optional.of(loss.quantiles()),
                loss.noCopy(),
                loss.losses().stream().anyMatch(Loss::endless),
                objectives);
    }

    private static Optional<Distribution> mixture(Map<Distribution, Double> parts, double sum) {
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Distribution.Either(
                        parts.values().stream().map(it -> it / sum).toList(),
                        List.copyOf(parts.keySet())));
    }

    /** A takeover alone lasts as planned or until a person came; everything else is repaired. */
    private Distribution duration(CutSet set, double meanHours) {
        TakeoverResult takeover = alone(set);
        boolean switching =
                takeover != null
                        && report.units().get(takeover.unit()).role() == Unit.Role.TAKEOVER;
        if (!switching) {
            return new Distribution.Exponential(meanHours);
        }
        double planned = takeover.takeoverHours();
        double coverage = takeover.coverage();
        Distribution works =
                planned > 0
                        ? new Distribution.Triangular(planned / 2, planned, planned * 1.5)
                        : new Distribution.Fixed(0);
        if (coverage >= 1) {
            return works;
        }
        double person = (meanHours - coverage * planned) / (1 - coverage);
        double least = Math.max(person, Math.max(planned, 1e-9));
        return new Distribution.Either(
                List.of(coverage, 1 - coverage),
                List.of(works, new Distribution.Exponential(least)));
    }

    /** The takeover that a set is: alone, or with the reason that made it necessary. */
    private TakeoverResult alone(CutSet set) {
        if (set.order() == 1) {
            return byUnit.get(set.events()[0]);
        }
        TakeoverResult takeover = null;
        for (int event : set.events()) {
            TakeoverResult it = byUnit.get(event);
            boolean state = it != null && it.states().contains(event);
            takeover = state && set.order() == 2 ? it : takeover;
        }
        return takeover;
    }

    private static Quantiles quantiles(Distribution hours) {
        double[] seconds = new double[ASKED.length];
        for (int i = 0; i < ASKED.length; i++) {
            seconds[i] = quantile(hours, ASKED[i]) * SECONDS_PER_HOUR;
        }
        return new Quantiles(
                hours.mean() * SECONDS_PER_HOUR, seconds[0], seconds[1], seconds[2], seconds[3]);
    }

    /** To six digits: enough for a duration. */
    private static double quantile(Distribution hours, double probability) {
        double high = 1;
        while (hours.probabilityUpTo(high) < probability && high < LONGEST_HOURS) {
            high *= 4;
        }
        double low = 0;
        while (high - low > 1e-6 * high && high > SHORTEST_HOURS) {
            double middle = (low + high) / 2;
            if (hours.probabilityUpTo(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static void add(
            Kind kind, Integer limit, Distribution hours, double perYear, List<Objective> into) {
        if (limit != null) {
            double missed = Math.max(0, 1 - hours.probabilityUpTo(limit / SECONDS_PER_HOUR));
            into.add(new Objective(kind, limit, missed, missed, missed * perYear));
        }
    }

    private static Objective rpo(double limit, DataLoss.Answer loss) {
        double most = loss.beyond(limit, true);
        return new Objective(
                Kind.RPO, limit, most, loss.beyond(limit, false), most * loss.demandsPerYear());
    }
}
