package org.standfest.analysis.availability;

import org.standfest.results.Finding;

import java.util.List;
import java.util.Optional;

/**
 * What the analysis of a topology gave. Immutable, safe for any thread.
 *
 * @param units what can be down, by index
 * @param services the results, services where they run first
 * @param findings what was left out or contradictory, and why something is not exact
 * @param complete false when it was cancelled: the services then are those it came to
 */
public record AvailabilityReport(
        List<Unit> units,
        List<ServiceAvailability> services,
        List<Finding> findings,
        boolean complete) {

    /** Copies the lists. */
    public AvailabilityReport {
        units = List.copyOf(units);
        services = List.copyOf(services);
        findings = List.copyOf(findings);
    }

    /** The result of a service where it runs. */
    public Optional<ServiceAvailability> service(String id) {
        return services.stream()
                .filter(it -> it.goal().serviceId().equals(id) && it.goal().siteId().isEmpty())
                .findFirst();
    }

    /** The result of a service as seen from a site. */
    public Optional<ServiceAvailability> service(String id, String siteId) {
        return services.stream()
                .filter(it -> it.goal().serviceId().equals(id))
                .filter(it -> it.goal().siteId().equals(siteId))
                .findFirst();
    }
}
