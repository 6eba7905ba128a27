package org.standfest.analysis.availability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Every N-1 of a report: what each service does while one unit is down. Conditioning on a unit
 * needs no new solution: P(f | down) = P + (1 - p)·dP/dp, and Birnbaum's measure dP/dp of all units
 * is part of the report. Immutable, safe for any thread.
 */
public final class Losses {

    private final List<List<Loss>> byUnit;

    /**
     * A service while something is down.
     *
     * @param service its result as long as nothing is known to be down
     * @param unavailability the probability that it is down meanwhile, 0 to 1
     */
    public record Loss(ServiceAvailability service, double unavailability) {

        /** Whether the service is down for certain. */
        public boolean isCertain() {
            return unavailability >= 1 - 1e-12;
        }
    }

    private Losses(List<List<Loss>> byUnit) {
        this.byUnit = byUnit;
    }

    /** The losses of all units; in proportion to how many units matter to how many services. */
    public static Losses of(AvailabilityReport report) {
        List<List<Loss>> byUnit = new ArrayList<>();
        for (int i = 0; i < report.units().size(); i++) {
            byUnit.add(new ArrayList<>());
        }
        for (ServiceAvailability service : report.services()) {
            for (Weakness weakness : service.weaknesses()) {
                double worth = weakness.importance().riskAchievementWorth();
                double given = Math.min(1, service.unavailability() * worth);
                byUnit.get(weakness.unit()).add(new Loss(service, given));
            }
        }
        byUnit.forEach(it -> it.sort(Comparator.comparingDouble(Loss::unavailability).reversed()));
        return new Losses(byUnit);
    }

    /** The services that a unit matters to, those worst hit first. */
    public List<Loss> whileDown(int unit) {
        return List.copyOf(byUnit.get(unit));
    }
}
