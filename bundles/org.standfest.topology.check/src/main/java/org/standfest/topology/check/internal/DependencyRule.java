package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.function.Consumer;

/**
 * Every service needs something, no service needs itself, and no dependency asks the impossible.
 */
public final class DependencyRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.dependency";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        for (Service service : topology.getServices()) {
            if (service.getDependencies().isEmpty()) {
                report.warning(service, "dependency.none");
            }
            service.getDependencies().forEach(it -> dependency(service, it, report));
            roundRobin(service, report);
        }
        new CycleSearch<>(DependencyRule::needs)
                .run(
                        topology.getServices(),
                        circle ->
                                report.error(
                                        circle.getFirst(),
                                        "dependency.circle",
                                        CycleSearch.told(circle)));
    }

    private static void dependency(Service service, Dependency dependency, Reporter report) {
        int targets = dependency.getTargets().size();
        if (targets == 0) {
            report.error(service, "dependency.empty");
        } else if (dependency.getKind() == DependencyKind.SOME_OF) {
            int required = dependency.getRequiredCount();
            if (required > targets) {
                report.error(service, "dependency.impossible", required, targets);
            } else if (required < 1) {
                report.error(service, "dependency.zero", targets);
            }
        }
    }

    private static void roundRobin(Service service, Reporter report) {
        boolean several =
                service.getDependencies().stream()
                        .anyMatch(
                                it ->
                                        it.getKind() == DependencyKind.SOME_OF
                                                && it.getTargets().size() > 1);
        if (service.getClientAccess() == ClientAccess.DNS_ROUND_ROBIN && !several) {
            report.warning(service, "dependency.round-robin");
        }
    }

    /** What a service needs, service by service. */
    static List<Service> needs(Service service) {
        return service.getDependencies().stream()
                .flatMap(it -> it.getTargets().stream())
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .toList();
    }
}
