package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
        new CycleSearch(topology, report).run();
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

    /** Depth-first search without recursion, because chains may be long. */
    private static final class CycleSearch {

        private enum State {
            OPEN,
            CLOSED
        }

        private final Topology topology;
        private final Reporter report;
        private final Map<Service, State> states = new HashMap<>();
        private final Deque<Service> path = new ArrayDeque<>();
        private final Deque<Deque<Service>> next = new ArrayDeque<>();

        CycleSearch(Topology topology, Reporter report) {
            this.topology = topology;
            this.report = report;
        }

        void run() {
            for (Service service : topology.getServices()) {
                if (!states.containsKey(service)) {
                    enter(service);
                    walk();
                }
            }
        }

        private void walk() {
            while (!path.isEmpty()) {
                Service needed = next.peek().poll();
                if (needed == null) {
                    states.put(path.pop(), State.CLOSED);
                    next.pop();
                } else if (states.get(needed) == State.OPEN) {
                    tell(needed);
                } else if (!states.containsKey(needed)) {
                    enter(needed);
                }
            }
        }

        private void enter(Service service) {
            states.put(service, State.OPEN);
            path.push(service);
            Deque<Service> needed = new ArrayDeque<>();
            for (Dependency dependency : service.getDependencies()) {
                for (Component target : dependency.getTargets()) {
                    if (target instanceof Service other) {
                        needed.add(other);
                    }
                }
            }
            next.push(needed);
        }

        private void tell(Service start) {
            List<Service> circle = new ArrayList<>();
            for (Service step : path) {
                circle.addFirst(step);
                if (step == start) {
                    break;
                }
            }
            circle.add(start);
            report.error(
                    start,
                    "dependency.circle",
                    circle.stream().map(Reporter::name).collect(Collectors.joining(" → ")));
        }
    }
}
