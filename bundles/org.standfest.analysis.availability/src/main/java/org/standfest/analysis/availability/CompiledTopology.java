package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.results.Finding;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A topology as structure functions.
 *
 * @param formula all structure in one graph; the variable with index i is {@code units.get(i)}
 * @param units what can be down
 * @param bases how their figures follow from data
 * @param data what the bases rest on
 * @param services what is asked for
 * @param takeovers the dynamic groups, those that others depend on first
 * @param states of groups that are no modules, those that others depend on first
 * @param atMost the services whose structure is true somewhat more often than it should, because a
 *     group of several counts as down as a whole
 * @param findings what had to be left out or was contradictory
 */
public record CompiledTopology(
        Formula formula,
        List<Unit> units,
        List<Optional<Basis>> bases,
        List<Datum> data,
        List<Goal> services,
        List<Takeover> takeovers,
        List<GroupState> states,
        Set<Goal> atMost,
        List<Finding> findings) {

    /** Copies the lists. */
    public CompiledTopology {
        units = List.copyOf(units);
        bases = List.copyOf(bases);
        data = List.copyOf(data);
        services = List.copyOf(services);
        takeovers = List.copyOf(takeovers);
        states = List.copyOf(states);
        atMost = Set.copyOf(atMost);
        findings = List.copyOf(findings);
    }

    /**
     * Something that should be up.
     *
     * @param serviceId the service; empty for a site as a whole
     * @param serviceName its name
     * @param siteId from where it is used; empty for the service where it runs
     * @param siteName that site's name
     * @param down the literal that is true when it is not usable
     */
    public record Goal(
            String serviceId, String serviceName, String siteId, String siteName, int down) {

        /** The same with another structure. */
        Goal with(int otherDown) {
            return new Goal(serviceId, serviceName, siteId, siteName, otherDown);
        }
    }
}
