package org.standfest.analysis.reports;

import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.AvailabilityAnalyzer;
import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.capacity.CapacityAnalysis;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.reports.AnalysisResults.Objective;
import org.standfest.analysis.reports.AnalysisResults.ObjectiveKind;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Calculates everything that a report shows. One thread at a time; the topology must not change
 * meanwhile. Cancelling gives what was done until then.
 */
public final class TopologyAnalysis {

    /** Cut sets that are listed for each service. */
    public static final int CUT_SETS_LISTED = 200;

    private static final int DRAWS = 1000;
    private static final long SEED = 1;

    /** Bands for more services than this would take longer than anybody reads. */
    private static final int BANDS_MAX = 50;

    private final Assumptions assumptions;
    private final SolveLimits limits;
    private final InstantSource clock;

    /**
     * @param assumptions what is taken for granted
     * @param limits for the solution of one service
     * @param clock the time of the report, and the measure of the time limit
     */
    public TopologyAnalysis(Assumptions assumptions, SolveLimits limits, InstantSource clock) {
        this.assumptions = Objects.requireNonNull(assumptions);
        this.limits = Objects.requireNonNull(limits);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Calculates. */
    public AnalysisResults run(Topology topology, Watcher watcher) {
        AvailabilityAnalyzer analyzer =
                new AvailabilityAnalyzer(assumptions, CUT_SETS_LISTED, limits, clock);
        AvailabilityReport report = analyzer.analyse(topology, watcher);
        Optional<Bounds> any =
                watcher.cancelled()
                        ? Optional.empty()
                        : Optional.of(analyzer.anyServiceDown(report, watcher));
        Optional<CapacityReport> capacity =
                watcher.cancelled()
                        ? Optional.empty()
                        : Optional.of(CapacityAnalysis.of(topology, watcher::cancelled));
        return new AnalysisResults(
                Objects.requireNonNullElse(topology.getName(), ""),
                Objects.requireNonNullElse(topology.getOrganisation(), ""),
                clock.instant(),
                assumptions,
                report,
                any,
                bands(analyzer, report, watcher),
                objectives(topology, report),
                capacity,
                List.of());
    }

    private static Map<Goal, UncertaintyBand> bands(
            AvailabilityAnalyzer analyzer, AvailabilityReport report, Watcher watcher) {
        Map<Goal, UncertaintyBand> bands = new LinkedHashMap<>();
        List<ServiceAvailability> home =
                report.services().stream().filter(it -> it.goal().siteId().isEmpty()).toList();
        if (home.size() > BANDS_MAX) {
            return bands;
        }
        for (ServiceAvailability service : home) {
            if (watcher.cancelled()) {
                break;
            }
            analyzer.uncertainty(report, service.goal(), DRAWS, SEED, watcher)
                    .ifPresent(band -> bands.put(service.goal(), band));
        }
        return bands;
    }

    /** How likely the outages of the services outlast what was promised. */
    public static List<Objective> objectives(Topology topology, AvailabilityReport report) {
        List<Objective> objectives = new ArrayList<>();
        for (Service service : topology.getServices()) {
            Optional<OutageDurations> durations =
                    report.service(service.getId())
                            .flatMap(it -> OutageDurations.of(it, report.units()));
            durations.ifPresent(
                    known -> {
                        add(objectives, service, ObjectiveKind.RTO, service.getRtoSeconds(), known);
                        add(
                                objectives,
                                service,
                                ObjectiveKind.MTPD,
                                service.getMtpdSeconds(),
                                known);
                    });
        }
        return objectives;
    }

    private static void add(
            List<Objective> into,
            Service service,
            ObjectiveKind kind,
            Integer seconds,
            OutageDurations durations) {
        if (seconds != null && seconds > 0) {
            double missed = durations.longerThan(seconds / 3600.0);
            into.add(
                    new Objective(
                            service.getId(),
                            kind,
                            seconds,
                            missed,
                            missed * durations.perYear(),
                            true));
        }
    }
}
