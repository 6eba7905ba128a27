package org.standfest.analysis.whatif;

import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.whatif.Course.Event;
import org.standfest.analysis.whatif.Course.Fate;
import org.standfest.analysis.whatif.Course.Kind;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Element;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Lets elements of a topology fail and follows the course. Reads only; one thread, one question.
 */
public final class WhatIf {

    /** Until the repair. */
    private static final long NEVER = Long.MAX_VALUE;

    /** When something works again, and how much is lost of it at worst. */
    private record State(long backSeconds, long lostSeconds) {
        static final State UP = new State(0, 0);
        static final State GONE = new State(NEVER, 0);
    }

    private final Topology topology;
    private final Outage outage;
    private final Set<Element> failed;
    private final List<Event> events = new ArrayList<>();
    private final Map<Element, State> states = new HashMap<>();
    private final Set<Service> open = new HashSet<>();

    private WhatIf(Topology topology, Collection<? extends Element> failed) {
        this.topology = topology;
        this.failed = new LinkedHashSet<>(failed);
        this.outage = new Outage(this.failed);
    }

    /**
     * The course after a failure.
     *
     * @param failed elements of the topology that fail at the same moment
     */
    public static Course of(Topology topology, Collection<? extends Element> failed) {
        return new WhatIf(topology, failed).course();
    }

    private Course course() {
        failed.forEach(it -> event(0, Kind.FAILS, it));
        List<Workload> down = new ArrayList<>();
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Component component && !failed.contains(component)) {
                stops(component);
            }
        }
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Workload workload && outage.stopped(workload)) {
                down.add(workload);
            }
        }
        rescue(down);
        List<Fate> fates = new ArrayList<>();
        topology.getServices().forEach(it -> fates.add(fate(it)));
        fates.sort(
                Comparator.comparingLong((Fate it) -> -it.backSeconds().orElse(NEVER))
                        .thenComparing(it -> String.valueOf(it.service().getName())));
        events.sort(Comparator.comparingLong(Event::atSeconds).thenComparing(Event::kind));
        return new Course(List.copyOf(failed), events, fates);
    }

    private void stops(Component component) {
        if (!(component instanceof Service) && outage.stopped(component)) {
            event(0, Kind.STOPS, component);
        }
    }

    private void event(long at, Kind kind, Element element) {
        events.add(new Event(at, kind, element, Optional.empty(), Optional.empty(), false));
    }

    private void rescue(List<Workload> down) {
        Rescue rescue = new Rescue(topology, outage);
        down.sort(rescue.line());
        for (Workload workload : down) {
            Optional<Rescue.Found> found = rescue.of(workload);
            if (found.isEmpty()) {
                states.put(workload, State.GONE);
                event(0, Kind.WAITS, workload);
                continue;
            }
            Rescue.Found it = found.get();
            states.put(workload, new State(it.seconds(), it.lostSeconds()));
            events.add(
                    new Event(
                            it.seconds(),
                            Kind.TAKEN_OVER,
                            workload,
                            Optional.of(it.by()),
                            Optional.of(it.place()),
                            it.person()));
        }
    }

    private State state(Element element) {
        State known = states.get(element);
        if (known != null) {
            return known;
        }
        if (failed.contains(element)) {
            return State.GONE;
        }
        if (element instanceof Service service) {
            if (!open.add(service)) {
                return State.UP; // a circle: the rules tell
            }
            State found = service(service);
            open.remove(service);
            states.put(service, found);
            return found;
        }
        return outage.stopped(element) ? State.GONE : State.UP;
    }

    private State service(Service service) {
        long back = 0;
        long lost = 0;
        for (Dependency dependency : service.getDependencies()) {
            State met = met(dependency);
            back = Math.max(back, met.backSeconds);
            lost = Math.max(lost, met.lostSeconds);
        }
        return new State(back, lost);
    }

    /** The moment from which enough targets work; what the quickest of them lost. */
    private State met(Dependency dependency) {
        List<State> targets =
                dependency.getTargets().stream()
                        .filter(Outage::exists)
                        .map(this::state)
                        .sorted(Comparator.comparingLong(State::backSeconds))
                        .toList();
        int needed =
                dependency.getKind() == DependencyKind.ALL_OF
                        ? targets.size()
                        : Math.min(targets.size(), dependency.getRequiredCount());
        long lost = 0;
        long back = 0;
        for (State target : targets.subList(0, needed)) {
            back = Math.max(back, target.backSeconds);
            lost = Math.max(lost, target.lostSeconds);
        }
        return new State(back, lost);
    }

    private Fate fate(Service service) {
        State state = state(service);
        boolean back = state.backSeconds != NEVER;
        if (state.backSeconds > 0) {
            event(0, Kind.SERVICE_DOWN, service);
            if (back) {
                event(state.backSeconds, Kind.SERVICE_BACK, service);
            }
        }
        Integer rto = service.getRtoSeconds();
        Integer rpo = service.getRpoSeconds();
        return new Fate(
                service,
                back ? OptionalLong.of(state.backSeconds) : OptionalLong.empty(),
                back ? OptionalLong.of(state.lostSeconds) : OptionalLong.empty(),
                rto == null || state.backSeconds <= rto,
                rpo == null || back && state.lostSeconds <= rpo);
    }
}
