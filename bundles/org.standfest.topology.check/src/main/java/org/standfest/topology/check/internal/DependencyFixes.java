package org.standfest.topology.check.internal;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Service;
import org.standfest.topology.Workload;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Dependencies that ask nothing or the impossible, circles, and the order of starting. */
public final class DependencyFixes extends KnownFixes {

    /** All of them. */
    public DependencyFixes() {
        super(
                "dependency",
                Map.of(
                        "dependency.empty", DependencyFixes::empty,
                        "dependency.impossible", DependencyFixes::impossible,
                        "dependency.zero", DependencyFixes::zero,
                        "dependency.round-robin", DependencyFixes::roundRobin,
                        "dependency.circle", DependencyFixes::circle,
                        "start.before-need", DependencyFixes::order));
    }

    private static void empty(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        it.propose(
                "dependency.empty",
                () -> service.getDependencies().removeIf(each -> each.getTargets().isEmpty()),
                service);
    }

    private static void impossible(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        List<Dependency> wrong =
                service.getDependencies().stream()
                        .filter(each -> each.getKind() == DependencyKind.SOME_OF)
                        .filter(each -> each.getRequiredCount() > each.getTargets().size())
                        .toList();
        it.propose(
                "dependency.all",
                () -> wrong.forEach(each -> each.setRequiredCount(each.getTargets().size())),
                service);
    }

    private static void zero(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        List<Dependency> wrong =
                service.getDependencies().stream()
                        .filter(each -> each.getKind() == DependencyKind.SOME_OF)
                        .filter(each -> each.getRequiredCount() < 1)
                        .toList();
        it.propose(
                "dependency.one", () -> wrong.forEach(each -> each.setRequiredCount(1)), service);
    }

    private static void roundRobin(Case it) {
        Service service = it.about(Service.class).orElseThrow();
        it.propose(
                "dependency.direct", () -> service.setClientAccess(ClientAccess.DIRECT), service);
    }

    /** One arrow less, for each that closes the circle at this service. */
    private static void circle(Case it) {
        Service start = it.about(Service.class).orElseThrow();
        for (Dependency dependency : List.copyOf(start.getDependencies())) {
            for (Component target : List.copyOf(dependency.getTargets())) {
                if (target instanceof Service needed && leadsTo(needed, start)) {
                    it.propose(
                            "dependency.circle",
                            () -> {
                                dependency.getTargets().remove(needed);
                                if (dependency.getTargets().isEmpty()) {
                                    EcoreUtil.remove(dependency);
                                }
                            },
                            start,
                            needed);
                }
            }
        }
    }

    private static boolean leadsTo(Service from, Service goal) {
        Set<Service> seen = new HashSet<>(Set.of(from));
        Deque<Service> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Service at = open.pop();
            if (at == goal) {
                return true;
            }
            for (Dependency dependency : at.getDependencies()) {
                for (Component target : dependency.getTargets()) {
                    if (target instanceof Service next && seen.add(next)) {
                        open.push(next);
                    }
                }
            }
        }
        return false;
    }

    /** Whoever starts too early starts later. */
    private static void order(Case it) {
        Map<Workload, Integer> mended = new StartOrders(it.topology()).mended();
        if (!mended.isEmpty()) {
            it.propose(
                    "start",
                    () -> mended.forEach(Workload::setStartOrder),
                    mended.keySet().stream().map(Reporter::name).collect(Collectors.joining(", ")));
        }
    }
}
