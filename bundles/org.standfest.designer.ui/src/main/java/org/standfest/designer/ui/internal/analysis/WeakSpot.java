package org.standfest.designer.ui.internal.analysis;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.availability.Weakness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something that contributes to the downtime. Immutable.
 *
 * @param rank 1 for the largest contribution
 * @param elementId the element it belongs to
 * @param name what fails, with a star for default data
 * @param minutesPerYear downtime that is avoided if it never fails, summed over the services
 * @param share of the downtime of these services
 * @param single how many of the services it brings down alone
 * @param services how many it matters to
 * @param source where its figures come from; empty where nobody can be named
 * @param assumed whether a default was taken
 */
record WeakSpot(
        int rank,
        String elementId,
        String name,
        double minutesPerYear,
        double share,
        int single,
        int services,
        String source,
        boolean assumed) {

    /** Contributions below a second a year are nobody's concern unless they act alone. */
    private static final double MINUTES_MIN = 1.0 / 60;

    /** A contribution that grows. */
    private static final class Sum {
        private double hours;
        private int single;
        private int services;
    }

    /**
     * The weak spots of a service, or of all together, the largest contribution first.
     *
     * @param service its id; empty for all services together
     */
    static List<WeakSpot> of(AnalysisResult result, Optional<String> service, Locale locale) {
        Map<Integer, Sum> sums = new LinkedHashMap<>();
        double all = 0;
        for (ServiceAvailability each : chosen(result, service)) {
            all += each.downtimeMinutesPerYear();
            for (Weakness weakness : each.weaknesses()) {
                Sum sum = sums.computeIfAbsent(weakness.unit(), unit -> new Sum());
                sum.hours += weakness.downtimeHoursPerYear();
                sum.services++;
            }
            for (int unit : each.singlePoints()) {
                sums.computeIfAbsent(unit, it -> new Sum()).single++;
            }
        }
        List<Map.Entry<Integer, Sum>> ordered = new ArrayList<>(sums.entrySet());
        ordered.removeIf(it -> it.getValue().single == 0 && it.getValue().hours * 60 < MINUTES_MIN);
        ordered.sort(Comparator.comparingDouble(it -> -it.getValue().hours));
        List<WeakSpot> spots = new ArrayList<>();
        for (Map.Entry<Integer, Sum> each : ordered) {
            Unit unit = result.availability().units().get(each.getKey());
            Sum sum = each.getValue();
            spots.add(
                    new WeakSpot(
                            spots.size() + 1,
                            unit.elementId(),
                            UnitNames.name(unit, locale),
                            sum.hours * 60,
                            all > 0 ? sum.hours * 60 / all : 0,
                            sum.single,
                            sum.services,
                            unit.source(),
                            unit.assumed()));
        }
        return spots;
    }

    /** The services where they run, the least available first; one, or all. */
    static List<ServiceAvailability> chosen(AnalysisResult result, Optional<String> service) {
        return result.availability().services().stream()
                .filter(it -> it.goal().siteId().isEmpty())
                .filter(it -> service.isEmpty() || service.get().equals(it.goal().serviceId()))
                .sorted(
                        Comparator.comparingDouble((ServiceAvailability it) -> -it.unavailability())
                                .thenComparing(it -> it.goal().serviceName()))
                .toList();
    }
}
