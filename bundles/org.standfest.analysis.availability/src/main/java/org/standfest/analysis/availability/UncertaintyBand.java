package org.standfest.analysis.availability;

import org.standfest.analysis.distributions.Distribution;
import org.standfest.analysis.distributions.Propagation;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Confidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the unavailability of a service lies when its figures are only as good as their confidence
 * says. Each unit's unavailability is multiplied by a lognormal factor with median 1 whose 95 %
 * quantile is the error factor of its confidence: measured 1.5, verified 2, reported 3, assumed 5
 * (the error factors are Standfest's own; lognormal figures as in WASH-1400 and NUREG/CR-2300).
 *
 * @param low 5 % of the draws lie below
 * @param median half of the draws lie below
 * @param high 95 % of the draws lie below
 * @param draws how many were made
 * @param drivers the units whose figures move the result most, the strongest first
 */
public record UncertaintyBand(
        double low, double median, double high, int draws, List<Driver> drivers) {

    /** Copies the list. */
    public UncertaintyBand {
        drivers = List.copyOf(drivers);
    }

    /**
     * A unit whose figures matter.
     *
     * @param unit its index
     * @param rankCorrelation Spearman's coefficient between its figure and the result, -1 to 1
     */
    public record Driver(int unit, double rankCorrelation) {}

    /** What the 95 % quantile is a multiple of the median by. */
    static double errorFactor(Confidence confidence) {
        return switch (confidence) {
            case MEASURED -> 1.5;
            case VERIFIED -> 2;
            case REPORTED -> 3;
            case ASSUMED -> 5;
        };
    }

    /** Draws the units of a structure and evaluates it each time. */
    static UncertaintyBand of(
            StructureFunction structure, List<Unit> units, int draws, long seed, Watcher watcher) {
        int[] events = structure.events();
        List<Distribution> factors = new ArrayList<>();
        for (int event : events) {
            double factor = errorFactor(units.get(event).confidence());
            factors.add(new Distribution.LogNormal(1, factor));
        }
        double[] down = units.stream().mapToDouble(Unit::unavailability).toArray();
        Propagation propagation =
                Propagation.of(
                        factors,
                        drawn -> {
                            double[] now = down.clone();
                            for (int i = 0; i < events.length; i++) {
                                now[events[i]] = Math.min(1, drawn[i] * down[events[i]]);
                            }
                            return structure.probability(now).value();
                        },
                        draws,
                        seed,
                        watcher::cancelled);
        List<Driver> drivers = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            drivers.add(new Driver(events[i], propagation.rankCorrelation().get(i)));
        }
        drivers.sort(Comparator.comparingDouble(it -> -Math.abs(it.rankCorrelation())));
        return new UncertaintyBand(
                propagation.quantile(0.05),
                propagation.quantile(0.5),
                propagation.quantile(0.95),
                propagation.results().size(),
                drivers);
    }
}
