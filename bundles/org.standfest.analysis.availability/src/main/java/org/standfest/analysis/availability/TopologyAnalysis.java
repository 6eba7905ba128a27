package org.standfest.analysis.availability;

import org.standfest.analysis.availability.AnalysisRequest.Part;
import org.standfest.analysis.availability.AnalysisRequest.Supposition;
import org.standfest.analysis.availability.AnalysisResult.WhatIf;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.PlatformResult.Question;
import org.standfest.analysis.capacity.CapacityAnalysis;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.capacity.LicenceCount;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.analysis.classes.DataCentreClass;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Host;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole analysis of a topology in one call. One thread; the topology must not change meanwhile.
 * When the watcher cancels, the result has what was done until then and says that it is not
 * complete.
 */
public final class TopologyAnalysis {

    private static final Catalog CATALOG = Catalog.beside(TopologyAnalysis.class);

    private final Topology topology;
    private final AnalysisRequest request;
    private final Watcher watcher;
    private final LicenceModels licences;
    private final AvailabilityAnalyzer analyzer;
    private AvailabilityReport whole;
    private AvailabilityReport report;

    /**
     * @param analyzer may have analysed an earlier state: then it is done faster
     */
    TopologyAnalysis(
            Topology topology,
            AnalysisRequest request,
            AvailabilityAnalyzer analyzer,
            Watcher watcher,
            LicenceModels licences) {
        this.topology = topology;
        this.licences = licences;
        this.request = request;
        this.watcher = watcher;
        this.analyzer = analyzer;
    }

    /** One that has analysed nothing yet. */
    static AvailabilityAnalyzer analyzer(AnalysisRequest request, InstantSource clock) {
        return new AvailabilityAnalyzer(
                request.assumptions(),
                request.cutSetsListed(),
                SolveLimits.STANDARD.within(request.extent().timeEach()),
                clock);
    }

    /**
     * Analyses.
     *
     * @param clock measures the time limit of the solver
     * @param watcher told about services done; may cancel
     * @return refused when the request names a service or element that is not there
     */
    public static Outcome<AnalysisResult> run(
            Topology topology, AnalysisRequest request, InstantSource clock, Watcher watcher) {
        return run(topology, request, clock, watcher, LicenceModels.builtIn());
    }

    /**
     * The same with models of partners.
     *
     * @param licences how licences are counted
     */
    public static Outcome<AnalysisResult> run(
            Topology topology,
            AnalysisRequest request,
            InstantSource clock,
            Watcher watcher,
            LicenceModels licences) {
        AvailabilityAnalyzer fresh = analyzer(request, clock);
        return new TopologyAnalysis(topology, request, fresh, watcher, licences).run();
    }

    Outcome<AnalysisResult> run() {
        whole = analyzer.analyse(topology, watcher);
        report = chosen(whole);
        if (request.service().isPresent() && report.services().isEmpty() && report.complete()) {
            return Outcome.refused(CATALOG.explain("analysis.no-service", request.service().get()));
        }
        Map<Integer, Double> fixed = new LinkedHashMap<>();
        for (Supposition it : request.fixed()) {
            if (!fix(it, fixed)) {
                return Outcome.refused(CATALOG.explain("analysis.no-element", it.element()));
            }
        }
        Optional<WhatIf> whatIf =
                fixed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new WhatIf(request.fixed(), analyzer.whatIf(report, fixed)));
        return Outcome.done(result(whatIf));
    }

    private AnalysisResult result(Optional<WhatIf> whatIf) {
        Map<Goal, Rating> ratings = new HashMap<>();
        for (ServiceAvailability service : report.services()) {
            if (service.bounds().upper() < 1) {
                ratings.put(service.goal(), BsiClass.rate(service.bounds().upper()));
            }
        }
        List<PlatformResult> platform = wanted(Part.PLATFORM) ? platform() : List.of();
        Bounds any = platform.isEmpty() ? new Bounds(0, 1) : platform.getFirst().bounds();
        List<TakeoverResult> takeovers = analyzer.takeovers();
        List<ServiceObjectives> objectives =
                wanted(Part.OBJECTIVES)
                        ? new Objectives(topology, analyzer, report).of(watcher)
                        : List.of();
        List<Improvement> improvements =
                wanted(Part.IMPROVEMENTS)
                        ? new Improvements(topology, analyzer, report, request.assumptions())
                                .of(watcher)
                        : List.of();
        return new AnalysisResult(
                topology.getName() == null ? "" : topology.getName(),
                report,
                bands(),
                any,
                platform,
                estimates(),
                wanted(Part.SITES) ? losses() : List.of(),
                takeovers,
                objectives,
                improvements,
                ratings,
                wanted(Part.SITES) ? siteRatings() : Map.of(),
                capacity(),
                wanted(Part.CAPACITY) ? LicenceCount.of(topology, licences) : List.of(),
                analyzer.atMost(),
                whatIf,
                report.complete() && !watcher.cancelled());
    }

    /** Any service, so many services, any from each site; what a cancel leaves out is left out. */
    private List<PlatformResult> platform() {
        Optional<Long> seed =
                request.extent().estimated() ? Optional.of(request.seed()) : Optional.empty();
        List<ServiceAvailability> home =
                whole.services().stream().filter(it -> it.goal().siteId().isEmpty()).toList();
        List<PlatformResult> all = new ArrayList<>();
        if (home.isEmpty()) {
            return all;
        }
        Platform platform = analyzer.platform(whole, watcher);
        all.add(platform.answer(Question.ANY, "", 1, home, seed));
        int several = request.extent().atLeast();
        if (several > 1 && several <= home.size() && !watcher.cancelled()) {
            all.add(platform.answer(Question.AT_LEAST, "", several, home, seed));
        }
        for (Site site : topology.getSites()) {
            List<ServiceAvailability> seen =
                    whole.services().stream()
                            .filter(it -> it.goal().siteId().equals(site.getId()))
                            .toList();
            if (!seen.isEmpty() && !watcher.cancelled()) {
                String name = seen.getFirst().goal().siteName();
                all.add(platform.answer(Question.ANY_FROM_SITE, name, 1, seen, seed));
            }
        }
        return all;
    }

    private Map<Goal, SampledEstimate> estimates() {
        Map<Goal, SampledEstimate> estimates = new HashMap<>();
        if (request.extent().estimated()) {
            for (ServiceAvailability service : report.services()) {
                analyzer.estimate(service.goal(), request.seed(), watcher)
                        .ifPresent(it -> estimates.put(service.goal(), it));
            }
        }
        return estimates;
    }

    private boolean wanted(Part part) {
        return request.parts().contains(part) && !watcher.cancelled();
    }

    private Optional<CapacityReport> capacity() {
        return wanted(Part.CAPACITY)
                ? Optional.of(CapacityAnalysis.of(topology, watcher::cancelled))
                : Optional.empty();
    }

    /** The same report with the services that are of interest. */
    private AvailabilityReport chosen(AvailabilityReport all) {
        if (request.service().isEmpty()) {
            return all;
        }
        String wanted = request.service().get();
        List<ServiceAvailability> services =
                all.services().stream()
                        .filter(
                                it ->
                                        wanted.equals(it.goal().serviceId())
                                                || wanted.equals(it.goal().serviceName()))
                        .toList();
        return new AvailabilityReport(all.units(), services, all.findings(), all.complete());
    }

    private boolean fix(Supposition supposition, Map<Integer, Double> into) {
        Set<String> named = new HashSet<>();
        for (Unit unit : report.units()) {
            if (supposition.element().equals(unit.elementId())
                    || supposition.element().equals(unit.elementName())) {
                named.add(unit.elementId());
            }
        }
        boolean found = false;
        for (Unit unit : report.units()) {
            boolean switching = unit.role() == Unit.Role.TAKEOVER;
            if (named.contains(unit.elementId()) && (supposition.up() || !switching)) {
                into.put(unit.index(), supposition.up() ? 0.0 : 1.0);
                found = true;
            }
        }
        return found;
    }

    private Map<Goal, UncertaintyBand> bands() {
        return request.draws() > 0 && !watcher.cancelled()
                ? analyzer.uncertainty(report, request.draws(), request.seed(), watcher)
                : Map.of();
    }

    private List<SiteLoss> losses() {
        Map<String, Unit> bySite = new HashMap<>();
        report.units().stream()
                .filter(it -> it.role() == Unit.Role.ITSELF)
                .forEach(it -> bySite.put(it.elementId(), it));
        List<SiteLoss> losses = new ArrayList<>();
        for (Site site : topology.getSites()) {
            Unit unit = bySite.get(site.getId());
            if (unit == null || watcher.cancelled()) {
                continue;
            }
            Map<Goal, Double> during = new HashMap<>();
            analyzer.whatIf(report, Map.of(unit.index(), 1.0))
                    .forEach(
                            (goal, down) -> {
                                if (goal.siteId().isEmpty()) {
                                    during.put(goal, down);
                                }
                            });
            losses.add(
                    new SiteLoss(site.getId(), unit.elementName(), unit.unavailability(), during));
        }
        return losses;
    }

    private Map<String, List<Rating>> siteRatings() {
        Map<String, List<Rating>> ratings = new HashMap<>();
        for (Site site : topology.getSites()) {
            if (!site.getHosts().isEmpty() || !site.getServers().isEmpty()) {
                ratings.put(site.getId(), DataCentreClass.hints(facts(site)));
            }
        }
        return ratings;
    }

    /** The fewest ways that electricity has to a host of the site. */
    private static DataCentreClass.SiteFacts facts(Site site) {
        int paths = Integer.MAX_VALUE;
        for (Host host : site.getHosts()) {
            Set<PowerFeed> feeds = new HashSet<>(host.getPowerFeeds());
            paths = Math.min(paths, Math.max(1, feeds.size()));
        }
        long sources = site.getPowerFeeds().stream().map(PowerFeed::getKind).distinct().count();
        boolean generator =
                site.getPowerFeeds().stream()
                        .anyMatch(it -> it.getKind() == PowerFeedKind.GENERATOR);
        return new DataCentreClass.SiteFacts(
                paths == Integer.MAX_VALUE ? 1 : paths, sources > 1, generator);
    }
}
