package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;

import java.util.List;
import java.util.Map;

/**
 * What happens while a whole site is lost: the same structures, conditioned on it.
 *
 * @param siteId the site
 * @param siteName its name
 * @param unavailability of the site itself by its own figures
 * @param services of each service, where it runs: its unavailability meanwhile
 */
public record SiteLoss(
        String siteId, String siteName, double unavailability, Map<Goal, Double> services) {

    /** What is up for less than half of that time counts as lost. */
    private static final double LOST = 0.5;

    /** Copies. */
    public SiteLoss {
        services = Map.copyOf(services);
    }

    /** The services that go down with the site, by name. */
    public List<Goal> lost() {
        return services.entrySet().stream()
                .filter(it -> it.getValue() > LOST)
                .map(Map.Entry::getKey)
                .sorted(java.util.Comparator.comparing(Goal::serviceName))
                .toList();
    }
}
