package org.standfest.topology.check.internal;

import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which system must run before which: a system that carries a service needs those that carry what
 * the service needs. Where one of several is enough, no order follows. Reads only; one thread.
 */
public final class StartOrders {

    private final Map<Workload, Set<Workload>> needs = new LinkedHashMap<>();

    /** Of a topology. */
    public StartOrders(Topology topology) {
        for (Service service : topology.getServices()) {
            Set<Workload> carrying = carrying(service);
            for (Component target : targets(service)) {
                if (target instanceof Service needed) {
                    Set<Workload> first = below(needed);
                    for (Workload each : carrying) {
                        Set<Workload> all = needs.computeIfAbsent(each, _ -> new LinkedHashSet<>());
                        first.stream().filter(it -> it != each).forEach(all::add);
                    }
                }
            }
        }
    }

    private static List<Component> targets(Service service) {
        List<Component> targets = new ArrayList<>();
        for (Dependency dependency : service.getDependencies()) {
            boolean whole =
                    dependency.getKind() == DependencyKind.ALL_OF
                            || dependency.getRequiredCount() >= dependency.getTargets().size();
            if (whole) {
                targets.addAll(Facts.real(dependency.getTargets()));
            }
        }
        return targets;
    }

    private static Set<Workload> carrying(Service service) {
        Set<Workload> carrying = new LinkedHashSet<>();
        for (Component target : targets(service)) {
            if (target instanceof Workload workload) {
                carrying.add(workload);
            }
        }
        return carrying;
    }

    /** The systems of a service; of those that it needs where it has none of its own. */
    private static Set<Workload> below(Service service) {
        Set<Workload> found = new LinkedHashSet<>();
        Set<Service> seen = new HashSet<>(Set.of(service));
        Deque<Service> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Service at = open.poll();
            Set<Workload> own = carrying(at);
            found.addAll(own);
            if (own.isEmpty()) {
                targets(at).stream()
                        .filter(Service.class::isInstance)
                        .map(Service.class::cast)
                        .filter(seen::add)
                        .forEach(open::add);
            }
        }
        return found;
    }

    /** All systems that need others. */
    Set<Workload> needing() {
        return needs.keySet();
    }

    /** What must run before a system. */
    Set<Workload> before(Workload workload) {
        return needs.getOrDefault(workload, Set.of());
    }

    /**
     * The places in the order of starting that must change so that none starts before what it
     * needs: each as little as possible. Empty where a circle makes that impossible.
     */
    public Map<Workload, Integer> mended() {
        boolean[] circle = new boolean[1];
        new CycleSearch<>(this::before).run(needing(), _ -> circle[0] = true);
        Map<Workload, Integer> places = new LinkedHashMap<>();
        boolean changed = !circle[0];
        while (changed) {
            changed = false;
            for (Workload workload : needing()) {
                int own = places.getOrDefault(workload, workload.getStartOrder());
                int latest =
                        before(workload).stream()
                                .mapToInt(it -> places.getOrDefault(it, it.getStartOrder()))
                                .max()
                                .orElse(0);
                if (own > 0 && latest > own) {
                    places.put(workload, latest + 1);
                    changed = true;
                }
            }
        }
        return places;
    }
}
