package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.capacity.LicenceCount;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.results.Finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param atMost the services whose unavailability is somewhat above the true one, because a group
 *     of several that they share machines with counts as down as a whole
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
        Set<Goal> atMost,
        Optional<WhatIf> whatIf,
        boolean complete) {

    /** A contribution below this share of the unavailability does not make a result inexact. */
    private static final double NEGLIGIBLE = 1e-9;

    private static final double CERTAIN = 1 - 1e-9;

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
        atMost = Set.copyOf(atMost);
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
     * @param relativeError of the calculation, its order of magnitude; 0 for exact ones, NaN where
     *     it is not known
     * @param defaultShare how much of the unavailability rests on figures that the topology does
     *     not state, 0 to 1
     */
    public record Quality(Kind kind, double relativeError, double defaultShare) {
        /** What kind of number. */
        public enum Kind {
            /** Exact for the figures. */
            EXACT,
            /** Takeovers count in first order: the error is in the order of the stated one. */
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
        Map<Integer, Double> errors = new HashMap<>();
        boolean bound = atMost.contains(service.goal());
        for (Weakness weakness : service.weaknesses()) {
            Unit unit = availability.units().get(weakness.unit());
            if (unit.role() == Role.TAKEOVER && weakness.importance().criticality() > NEGLIGIBLE) {
                Optional<TakeoverResult> takeover = takeover(unit.index());
                errors.put(
                        takeover.map(TakeoverResult::unit).orElse(unit.index()),
                        takeover.map(it -> error(it, unit, weakness, service))
                                .orElse(unit.unavailability()));
                bound |=
                        takeover.filter(it -> it.method() == TakeoverResult.Method.BOUND)
                                .isPresent();
            }
        }
        double firstOrder = errors.values().stream().mapToDouble(it -> it).sum();
        Quality.Kind kind =
                bound
                        ? Quality.Kind.BOUND
                        : firstOrder > 0 ? Quality.Kind.ESTIMATE : Quality.Kind.EXACT;
        return new Quality(kind, firstOrder, service.assumedShare());
    }

    private Optional<TakeoverResult> takeover(int unit) {
        return takeovers.stream().filter(it -> it.isOf(unit)).findFirst();
    }

    /**
     * Exact only for a module and from a chain. Otherwise a demand that begins while another one is
     * under way, or after one, is not counted right, as seldom as that is; and a takeover counts
     * also while there is nothing to take over to, as far as that is no variable of several states.
     */
    private double error(
            TakeoverResult takeover, Unit unit, Weakness weakness, ServiceAvailability service) {
        boolean module = takeover.unit() == unit.index();
        if (module && takeover.method() == TakeoverResult.Method.CHAIN) {
            return 0;
        }
        double error = unavailability(takeover.unit());
        if (takeover.states().contains(unit.index())) {
            return error + takeover.reasons().stream().mapToDouble(this::unavailability).sum();
        }
        double idle = 0;
        for (Weakness it : service.weaknesses()) {
            if (takeover.reasons().contains(it.unit())) {
                double given = it.importance().riskAchievementWorth() * service.unavailability();
                // What brings the service down for certain is not counted as a reason.
                idle = given > CERTAIN ? idle : Math.max(idle, given - service.unavailability());
            }
        }
        return error + weakness.importance().criticality() * idle;
    }

    private double unavailability(int unit) {
        return availability.units().get(unit).unavailability();
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
