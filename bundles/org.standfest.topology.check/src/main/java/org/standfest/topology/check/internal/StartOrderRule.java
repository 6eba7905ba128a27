package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.function.Consumer;

/** Systems start after those whose services they need, and that is possible at all. */
public final class StartOrderRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.start-order";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        StartOrders orders = new StartOrders(topology);
        for (Workload workload : orders.needing()) {
            for (Workload first : orders.before(workload)) {
                if (workload.getStartOrder() > 0
                        && first.getStartOrder() > workload.getStartOrder()) {
                    report.warning(
                            workload,
                            "start.before-need",
                            workload.getStartOrder(),
                            first,
                            first.getStartOrder());
                }
            }
        }
        boolean[] services = new boolean[1];
        new CycleSearch<>(DependencyRule::needs)
                .run(topology.getServices(), _ -> services[0] = true);
        if (!services[0]) { // otherwise that is the fault, and was told
            new CycleSearch<>(orders::before)
                    .run(
                            orders.needing(),
                            circle ->
                                    report.hint(
                                            circle.getFirst(),
                                            "start.circle",
                                            CycleSearch.told(circle)));
        }
    }
}
