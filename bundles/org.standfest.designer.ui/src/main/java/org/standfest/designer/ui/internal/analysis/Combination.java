package org.standfest.designer.ui.internal.analysis;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.faulttree.CutSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A minimal cut set: what must be down at once. Immutable.
 *
 * @param elementIds the elements, without repetition
 * @param names what fails, in the order of the units
 * @param probability share of time in which all are down
 * @param services how many services it brings down
 */
record Combination(List<String> elementIds, List<String> names, double probability, int services) {

    /** Copies. */
    Combination {
        elementIds = List.copyOf(elementIds);
        names = List.copyOf(names);
    }

    /** How many must fail. */
    int order() {
        return names.size();
    }

    /** In a year of 8,760 hours. */
    double minutesPerYear() {
        return probability * 8760 * 60;
    }

    /**
     * The listed combinations of a service, or of all together, the most probable first.
     *
     * @param service its id; empty for all services together
     */
    static List<Combination> of(AnalysisResult result, Optional<String> service, Locale locale) {
        List<Unit> units = result.availability().units();
        Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
        Map<List<Integer>, CutSet> sets = new LinkedHashMap<>();
        for (ServiceAvailability each : WeakSpot.chosen(result, service)) {
            for (CutSet set : each.cutSets()) {
                List<Integer> key = Arrays.stream(set.events()).boxed().toList();
                counts.merge(key, 1, Integer::sum);
                sets.putIfAbsent(key, set);
            }
        }
        List<Combination> combinations = new ArrayList<>();
        sets.forEach(
                (key, set) ->
                        combinations.add(
                                new Combination(
                                        key.stream()
                                                .map(it -> units.get(it).elementId())
                                                .distinct()
                                                .toList(),
                                        key.stream()
                                                .map(it -> UnitNames.name(units.get(it), locale))
                                                .toList(),
                                        set.probability(),
                                        counts.get(key))));
        combinations.sort(Comparator.comparingDouble(it -> -it.probability()));
        return combinations;
    }
}
