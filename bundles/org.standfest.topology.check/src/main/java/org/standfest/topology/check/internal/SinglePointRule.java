package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What looks redundant does not hang on one thing after all. */
public final class SinglePointRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.single-point";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Facts facts = new Facts(topology);
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof FailoverCluster cluster) {
                storage(cluster, facts, report);
            }
        }
        for (Service service : topology.getServices()) {
            for (Dependency dependency : service.getDependencies()) {
                if (dependency.getKind() == DependencyKind.SOME_OF) {
                    iron(service, dependency, facts, report);
                }
            }
        }
    }

    /** Many hosts, one storage: then the storage decides. */
    private static void storage(FailoverCluster cluster, Facts facts, Reporter report) {
        for (Storage storage : Facts.real(cluster.getSharedStorages())) {
            long only =
                    Facts.real(cluster.getWorkloads()).stream()
                            .filter(it -> liesOn(it, storage))
                            .filter(
                                    it ->
                                            facts.protectionsOf(it).stream()
                                                    .noneMatch(SinglePointRule::copies))
                            .count();
            if (only > 0 && !Facts.exists(storage.getMirroredWith())) {
                report.hint(storage, "single.storage", cluster, only);
            }
        }
    }

    private static boolean liesOn(Workload workload, Storage storage) {
        return workload.getDisks().stream().anyMatch(it -> it.getStorage() == storage);
    }

    /** Whether it keeps the data a second time. */
    private static boolean copies(Protection protection) {
        return switch (protection) {
            case StandbyProtection _, AvailabilityGroup _, MirroredSites _, MirrorPair _ -> true;
            default -> false;
        };
    }

    /** One of several is enough, but the loss of one machine takes too many at once. */
    private static void iron(Service service, Dependency dependency, Facts facts, Reporter report) {
        List<Workload> targets =
                Facts.real(dependency.getTargets()).stream()
                        .filter(Workload.class::isInstance)
                        .map(Workload.class::cast)
                        .toList();
        int spare = dependency.getTargets().size() - dependency.getRequiredCount();
        if (spare < 1 || targets.isEmpty()) {
            return;
        }
        Map<Machine, Integer> together = new HashMap<>();
        for (Workload each : targets) {
            if (facts.protectionsOf(each).isEmpty()) {
                together.merge(Facts.iron(each), 1, Integer::sum);
            }
        }
        together.forEach(
                (machine, count) -> {
                    if (count > spare) {
                        report.warning(
                                service,
                                "single.iron",
                                machine,
                                count,
                                dependency.getTargets().size(),
                                dependency.getRequiredCount());
                    }
                });
    }
}
