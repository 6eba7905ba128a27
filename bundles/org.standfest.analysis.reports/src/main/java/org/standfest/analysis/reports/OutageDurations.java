package org.standfest.analysis.reports;

import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.faulttree.CutSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long the outages of a service last: a mixture over its most probable cut sets. An outage by a
 * cut set ends when the first of its units is repaired, so with rates μ of repair it lasts 1/Σμ on
 * average; taken as exponential; weighed by how often each set occurs, P·Σμ (Rausand and Høyland,
 * chapter 10: rare-event approximation). An estimate, never a bound: real repairs are less
 * scattered than exponential ones. Immutable, any thread.
 */
public final class OutageDurations {

    private record Part(double perHour, double meanHours) {}

    private final List<Part> parts;
    private final double perHour;
    private final double covered;

    private OutageDurations(List<Part> parts, double covered) {
        this.parts = List.copyOf(parts);
        this.perHour = parts.stream().mapToDouble(Part::perHour).sum();
        this.covered = covered;
    }

    /**
     * The durations for a service.
     *
     * @return empty where no cut set is listed
     */
    public static Optional<OutageDurations> of(ServiceAvailability service, List<Unit> units) {
        List<Part> parts = new ArrayList<>();
        double all = 0;
        for (CutSet set : service.cutSets()) {
            double repairs = 0;
            for (int event : set.events()) {
                Unit unit = units.get(event);
                repairs += unit.unavailability() > 0 ? 1 / unit.meanDownTimeHours() : 0;
            }
            if (set.probability() > 0 && repairs > 0 && Double.isFinite(repairs)) {
                parts.add(new Part(set.probability() * repairs, 1 / repairs));
                all += set.probability();
            }
        }
        if (parts.isEmpty() || !(service.unavailability() > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                new OutageDurations(parts, Math.min(1, all / service.unavailability())));
    }

    /**
     * Probability that an outage lasts longer.
     *
     * @param hours not negative
     */
    public double longerThan(double hours) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.perHour() * Math.exp(-hours / part.meanHours());
        }
        return sum / perHour;
    }

    /** Outages in a year of 8,760 hours. */
    public double perYear() {
        return perHour * 8760;
    }

    /** How much of the unavailability the listed cut sets stand for, 0 to 1. */
    public double coveredShare() {
        return covered;
    }

    /**
     * The duration that a share of the outages does not exceed, in hours.
     *
     * @param share above 0, below 1
     */
    public double quantileHours(double share) {
        double low = 0;
        double high = 1;
        while (longerThan(high) > 1 - share && high < 1e9) {
            high *= 2;
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (longerThan(middle) > 1 - share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
