package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.capacity.LicenceCount;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.results.Finding;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an analysis says about a topology, as data: what command line, designer and
 * report render. Immutable, safe for any thread.
 *
 * @param topologyName the topology's name, or empty
 * @param availability of every service, where it runs and from each site; units, findings
 * @param bands where the unavailabilities lie when figures scatter; only if asked for
 * @param anyServiceDown the probability that at least one service is down, with guarantee
 * @param platform services together: any, so many, and as seen from each site
 * @param estimates of services beyond the limits; only if asked for
 * @param siteLosses what happens while a site is lost
 * @param takeovers the groups that wait, switch or queue
 * @param objectives outage durations and data loss of each service
 * @param improvements what could be changed, the most downtime avoided for a euro first
 * @param ratings the class that each service reaches
 * @param siteRatings hints at the class of each site's infrastructure, by the site's id
 * @param capacity how full the hosts are; absent when not asked for
 * @param licences needed and held, by kind
 * @param shared by how much a service's unavailability may be off in first order, because it shares
 *     machines with a group that it depends on; only services for which that is so
 * @param whatIf what would be if something were lost or perfect
 * @param complete false when it was cancelled: then it has what was done until then
 */
public record AnalysisResult(
        String topologyName,
        AvailabilityReport availability,
        Map<Goal, UncertaintyBand> bands,
        Bounds anyServiceDown,
        List<PlatformResult> platform,
        Map<Goal, SampledEstimate> estimates,
        List<SiteLoss> siteLosses,
        List<TakeoverResult> takeovers,
        List<ServiceObjectives> objectives,
        List<Improvement> improvements,
        Map<Goal, Rating> ratings,
        Map<String, List<Rating>> siteRatings,
        Optional<CapacityReport> capacity,
        List<LicenceCount> licences,
        Map<Goal, Double> shared,
        Optional<WhatIf> whatIf,
        boolean complete) {

    /** A contribution below this share of the unavailability does not make a result inexact. */
    private static final double NEGLIGIBLE = 1e-9;

    /** Copies. */
    public AnalysisResult {
        bands = Map.copyOf(bands);
        platform = List.copyOf(platform);
        estimates = Map.copyOf(estimates);
        siteLosses = List.copyOf(siteLosses);
        takeovers = List.copyOf(takeovers);
        objectives = List.copyOf(objectives);
        improvements = List.copyOf(improvements);
        ratings = Map.copyOf(ratings);
        siteRatings = Map.copyOf(siteRatings);
        licences = List.copyOf(licences);
        shared = Map.copyOf(shared);
    }

    /**
     * What would be.
     *
     * @param suppositions what was supposed
     * @param unavailability of each service then
     */
    public record WhatIf(
            List<AnalysisRequest.Supposition> suppositions, Map<Goal, Double> unavailability) {
        /** Copies. */
        public WhatIf {
            suppositions = List.copyOf(suppositions);
            unavailability = Map.copyOf(unavailability);
        }
    }

    /**
     * How good a result is: belongs into the same line.
     *
     * @param kind what kind of number it is
     * @param relativeError of the calculation at most, as far as known; 0 for exact ones
     * @param defaultShare how much of the unavailability rests on figures that the topology does
     *     not state, 0 to 1
     */
    public record Quality(Kind kind, double relativeError, double defaultShare) {
        /** What kind of number. */
        public enum Kind {
            /** Exact for the figures. */
            EXACT,
            /** Takeovers count in first order: the error is below the stated one. */
            ESTIMATE,
            /** Not worse than this. */
            BOUND,
            /** Beyond the limits. */
            UNKNOWN
        }
    }

    /** How good a service's result is. */
    public Quality quality(ServiceAvailability service) {
        if (!service.isExact()) {
            boolean bounded = service.bounds().upper() < 1;
            return new Quality(
                    bounded ? Quality.Kind.BOUND : Quality.Kind.UNKNOWN,
                    Double.NaN,
                    service.assumedShare());
        }
        double firstOrder = 0;
        boolean bound = false;
        for (Weakness weakness : service.weaknesses()) {
            Unit unit = availability.units().get(weakness.unit());
            if (unit.role() == Role.TAKEOVER && weakness.importance().criticality() > NEGLIGIBLE) {
                TakeoverResult.Method method = method(unit.index());
                firstOrder += method == TakeoverResult.Method.CHAIN ? 0 : unit.unavailability();
                bound |= method == TakeoverResult.Method.BOUND;
            }
        }
        double off = shared.getOrDefault(service.goal(), 0.0) / service.unavailability();
        if (off > NEGLIGIBLE) {
            // That it may be too good counts more than that it is a bound from above.
            firstOrder += off;
            bound = false;
        }
        Quality.Kind kind =
                bound
                        ? Quality.Kind.BOUND
                        : firstOrder > 0 ? Quality.Kind.ESTIMATE : Quality.Kind.EXACT;
        return new Quality(kind, firstOrder, service.assumedShare());
    }

    private TakeoverResult.Method method(int unit) {
        return takeovers.stream()
                .filter(it -> it.unit() == unit)
                .map(TakeoverResult::method)
                .findFirst()
                .orElse(TakeoverResult.Method.FIRST_ORDER);
    }

    /** The objectives of a service. */
    public Optional<ServiceObjectives> objectivesOf(String serviceId) {
        return objectives.stream().filter(it -> it.serviceId().equals(serviceId)).findFirst();
    }

    /** What was left out, contradictory, or not exact. */
    public List<Finding> findings() {
        return availability.findings();
    }
}
