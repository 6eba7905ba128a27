package org.standfest.analysis.availability;

import org.standfest.topology.Confidence;

/**
 * One thing that can be down, independently of all others: a variable of the structure functions.
 *
 * @param index of the variable
 * @param key what identifies it for good: the element's id, and for its parts a word behind {@code
 *     #}
 * @param elementId the element it belongs to
 * @param elementName how people call that element
 * @param role what exactly fails
 * @param unavailability share of time in which it is down
 * @param availability share of time in which it is up, not computed as one minus the other
 * @param failuresPerHour how often it goes down, per hour of calendar time
 * @param confidence how far the figures can be trusted
 * @param source where they come from; empty where nobody can be named
 * @param assumed whether the topology states nothing and a default was taken
 */
public record Unit(
        int index,
        String key,
        String elementId,
        String elementName,
        Role role,
        double unavailability,
        double availability,
        double failuresPerHour,
        Confidence confidence,
        String source,
        boolean assumed) {

    /** What fails. */
    public enum Role {
        /** The element itself. */
        ITSELF,
        /** The hypervisor of a host. */
        HYPERVISOR,
        /** The operating system of a server. */
        OPERATING_SYSTEM,
        /** The public grid for longer than batteries last. */
        LONG_OUTAGE,
        /** The public grid for a time that batteries bridge. */
        SHORT_OUTAGE,
        /** The time until a protection has taken over, or a person after it did not. */
        TAKEOVER,
        /** All machines of a redundant group at once. */
        COMMON_CAUSE,
        /** A standby that would not start, unnoticed until it is tested. */
        DORMANT,
        /** Repairs that wait for the same people. */
        REPAIR_QUEUE,
        /** The time until a mirrored half has everything again and could take over. */
        RESYNC,
        /** No spare server is left because others are in use. */
        SPARES_USED
    }

    /** The same with other figures. */
    Unit with(double otherUnavailability, double otherAvailability, double otherFailuresPerHour) {
        return new Unit(
                index,
                key,
                elementId,
                elementName,
                role,
                otherUnavailability,
                otherAvailability,
                otherFailuresPerHour,
                confidence,
                source,
                assumed);
    }

    /** Whether nobody can be named for the figures. */
    public boolean unsourced() {
        return source.isBlank();
    }

    /** Mean duration of being down, in hours. */
    public double meanDownTimeHours() {
        return unavailability / failuresPerHour;
    }
}
