package org.standfest.analysis.reports;

import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.faulttree.Bounds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that was calculated for one topology. Immutable, any thread.
 *
 * @param title name of the topology
 * @param organisation whose topology it is; may be empty
 * @param made when it was calculated
 * @param assumptions what was taken for granted
 * @param availability the services
 * @param any where the probability lies that at least one service is down; empty when it was not
 *     asked for
 * @param bands how far results can be trusted, by service; empty where it was not asked for
 * @param objectives what was promised for the services
 * @param capacity whether the hosts carry the load; empty when it was not asked for
 * @param improvements what could be made better, the most worthwhile first
 */
public record AnalysisResults(
        String title,
        String organisation,
        Instant made,
        Assumptions assumptions,
        AvailabilityReport availability,
        Optional<Bounds> any,
        Map<Goal, UncertaintyBand> bands,
        List<Objective> objectives,
        Optional<CapacityReport> capacity,
        List<Improvement> improvements) {

    /** Copies. */
    public AnalysisResults {
        bands = Map.copyOf(bands);
        objectives = List.copyOf(objectives);
        improvements = List.copyOf(improvements);
    }

    /** What can be promised. */
    public enum ObjectiveKind {
        /** Recovery time objective: how long an outage may last. */
        RTO,
        /** Recovery point objective: how much of the latest work may be lost. */
        RPO,
        /** Maximum tolerable period of disruption. */
        MTPD
    }

    /**
     * An objective of a service and how likely it is missed.
     *
     * @param serviceId the service
     * @param kind what was promised
     * @param seconds the stated limit, in seconds
     * @param missed probability that an outage misses it, 0 to 1
     * @param missesPerYear how often a year that happens on average
     * @param estimated whether the figure is an estimate
     */
    public record Objective(
            String serviceId,
            ObjectiveKind kind,
            double seconds,
            double missed,
            double missesPerYear,
            boolean estimated) {}

    /**
     * A change and what it is worth.
     *
     * @param english what would be done, in English
     * @param german the same in German
     * @param elementIds what it concerns
     * @param minutesAvoided downtime of all services that it avoids, minutes a year
     * @param costPerYear in euros, or 0 or less where nobody stated it
     */
    public record Improvement(
            String english,
            String german,
            List<String> elementIds,
            double minutesAvoided,
            double costPerYear) {

        /** Copies. */
        public Improvement {
            elementIds = List.copyOf(elementIds);
        }

        /** Minutes avoided for each euro; not a number where the cost is unknown. */
        public double minutesPerEuro() {
            return costPerYear > 0 ? minutesAvoided / costPerYear : Double.NaN;
        }
    }

    /** The services where they run, the least available first. */
    public List<ServiceAvailability> worstFirst() {
        return availability.services().stream()
                .filter(it -> it.goal().siteId().isEmpty())
                .sorted(
                        (a, b) -> {
                            int by = Double.compare(b.unavailability(), a.unavailability());
                            return by != 0
                                    ? by
                                    : a.goal().serviceName().compareTo(b.goal().serviceName());
                        })
                .toList();
    }

    /** A service as it is seen from the sites. */
    public List<ServiceAvailability> fromSites(String serviceId) {
        return availability.services().stream()
                .filter(it -> it.goal().serviceId().equals(serviceId))
                .filter(it -> !it.goal().siteId().isEmpty())
                .toList();
    }

    /** The objectives of a service. */
    public List<Objective> objectives(String serviceId) {
        return objectives.stream().filter(it -> it.serviceId().equals(serviceId)).toList();
    }
}
