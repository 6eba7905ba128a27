package org.standfest.analysis.whatif;

import org.standfest.topology.Element;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens after a failure, on a time line that begins with it. Times are what the topology
 * states (a take-over's planned time), not chances: {@code analyse} knows those. Elements belong to
 * the topology that was asked about.
 *
 * @param failed what was supposed to fail
 * @param events in the order of time
 * @param services all services, those that are away longest first
 */
public record Course(List<Element> failed, List<Event> events, List<Fate> services) {

    /** Copies. */
    public Course {
        failed = List.copyOf(failed);
        events = List.copyOf(events);
        services = List.copyOf(services);
    }

    /** What happens to an element. */
    public enum Kind {
        /** It was supposed to fail. */
        FAILS,
        /** It stops, because what it stands on stopped. */
        STOPS,
        /** It runs again, elsewhere, by a protection. */
        TAKEN_OVER,
        /** Nothing takes it over: it waits for the repair. */
        WAITS,
        /** The service cannot be used. */
        SERVICE_DOWN,
        /** The service works again. */
        SERVICE_BACK
    }

    /**
     * One event.
     *
     * @param atSeconds after the failure
     * @param kind what happens
     * @param element to what
     * @param by which protection acts; empty for none
     * @param place where it runs now; empty where that does not change
     * @param person whether somebody must decide or act
     */
    public record Event(
            long atSeconds,
            Kind kind,
            Element element,
            Optional<Protection> by,
            Optional<Element> place,
            boolean person) {}

    /**
     * What becomes of a service.
     *
     * @param service which
     * @param backSeconds after the failure; 0: it was never away; empty: only after the repair
     * @param lostSeconds how much of the latest work is lost at worst; empty where nothing takes
     *     over: the repair decides whether any data is left
     * @param rtoMet whether it is back in time; true where no objective is stated
     * @param rpoMet whether surely no more is lost than allowed; true where no objective is stated
     */
    public record Fate(
            Service service,
            OptionalLong backSeconds,
            OptionalLong lostSeconds,
            boolean rtoMet,
            boolean rpoMet) {

        /** Whether it went on without interruption. */
        public boolean untouched() {
            return backSeconds.isPresent() && backSeconds.getAsLong() == 0;
        }

        /** Whether it is back at all, and keeps its objectives. */
        public boolean kept() {
            return backSeconds.isPresent() && rtoMet && rpoMet;
        }
    }
}
