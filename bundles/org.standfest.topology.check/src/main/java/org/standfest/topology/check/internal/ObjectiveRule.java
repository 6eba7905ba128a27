package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.List;
import java.util.function.Consumer;

/** Every service has objectives that fit together and that its protections can meet. */
public final class ObjectiveRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.objective";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Facts facts = new Facts(topology);
        LineLoad lines = new LineLoad(topology);
        for (Service service : topology.getServices()) {
            stated(service, report);
            for (Dependency dependency : service.getDependencies()) {
                if (!isRedundant(dependency)) {
                    for (Component target : Facts.real(dependency.getTargets())) {
                        switch (target) {
                            case Workload workload ->
                                    met(
                                            service,
                                            workload,
                                            facts.protectionsOf(workload),
                                            lines,
                                            report);
                            case Service needed -> inTime(service, needed, report);
                            default -> {}
                        }
                    }
                }
            }
        }
    }

    private static void stated(Service service, Reporter report) {
        if (service.getRtoSeconds() == null) {
            report.warning(service, "objective.no-rto");
        }
        if (service.getRpoSeconds() == null) {
            report.warning(service, "objective.no-rpo");
        }
        if (service.getMtpdSeconds() == null) {
            report.hint(service, "objective.no-mtpd");
        } else if (service.getRtoSeconds() != null
                && service.getRtoSeconds() > service.getMtpdSeconds()) {
            report.error(
                    service,
                    "objective.rto-beyond-mtpd",
                    service.getRtoSeconds(),
                    service.getMtpdSeconds());
        }
        if (Facts.exists(service.getOwner())) {
            return;
        }
        report.hint(service, "objective.no-owner");
    }

    /** What a service needs must be back first. */
    private static void inTime(Service service, Service needed, Reporter report) {
        Integer own = service.getRtoSeconds();
        Integer other = needed.getRtoSeconds();
        if (own != null && other != null && other > own) {
            report.warning(service, "objective.slower-need", own, needed, other);
        }
    }

    /** Others serve on when one target fails. */
    private static boolean isRedundant(Dependency dependency) {
        return dependency.getKind() == DependencyKind.SOME_OF
                && dependency.getRequiredCount() < dependency.getTargets().size();
    }

    private static void met(
            Service service,
            Workload workload,
            List<Protection> protections,
            LineLoad lines,
            Reporter report) {
        if (protections.isEmpty()) {
            report.warning(service, "objective.unprotected", workload);
            return;
        }
        if (service.getRtoSeconds() != null) {
            int best =
                    protections.stream()
                            .mapToInt(Protection::getTakeoverSeconds)
                            .min()
                            .orElseThrow();
            if (best > service.getRtoSeconds()) {
                report.error(service, "objective.rto", service.getRtoSeconds(), workload, best);
            }
        }
        if (service.getRpoSeconds() != null) {
            double best =
                    protections.stream()
                            .mapToDouble(it -> worstLossSeconds(it, lines))
                            .min()
                            .orElseThrow();
            if (Double.isInfinite(best)) {
                report.error(service, "objective.rpo-never", workload, service.getRpoSeconds());
            } else if (best > service.getRpoSeconds()) {
                long seconds = (long) Math.ceil(best);
                report.error(service, "objective.rpo", service.getRpoSeconds(), workload, seconds);
            }
        }
    }

    private static double worstLossSeconds(Protection protection, LineLoad lines) {
        return switch (protection) {
            case StandbyProtection standby -> lines.worstAgeSeconds(standby);
            case AvailabilityGroup group -> group.isSynchronous() ? 0 : group.getCopyLagSeconds();
            default -> 0;
        };
    }
}
