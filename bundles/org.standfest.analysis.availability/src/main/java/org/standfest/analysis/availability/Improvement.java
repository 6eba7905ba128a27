package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;

import java.util.Map;

/**
 * Something that could be changed, what it gives and what it costs: "what one euro buys".
 *
 * @param kind what is done
 * @param elementId the element it is done to
 * @param elementName its name
 * @param minutesAvoidedPerYear downtime avoided, summed over the services where they run
 * @param userHoursAvoidedPerYear the same times the people who use each service
 * @param minutesByService downtime avoided by service, where there is any
 * @param secondsLessLost by how much the mean loss of data shrinks, 0 where it does not
 * @param euroPerYear invest over the years of use plus what it costs each year
 * @param costSource where the cost comes from; empty where nobody can be named
 */
public record Improvement(
        Kind kind,
        String elementId,
        String elementName,
        double minutesAvoidedPerYear,
        double userHoursAvoidedPerYear,
        Map<Goal, Double> minutesByService,
        double secondsLessLost,
        double euroPerYear,
        String costSource) {

    /** Copies. */
    public Improvement {
        minutesByService = Map.copyOf(minutesByService);
    }

    /** Whether nobody can be named for the cost. */
    public boolean costAssumed() {
        return costSource.isBlank();
    }

    /** What can be done. */
    public enum Kind {
        /** A second feed or source of electricity. */
        SECOND_FEED,
        /** Batteries that last four times as long. */
        LONGER_BATTERY,
        /** A second switch. */
        SECOND_SWITCH,
        /** A second line between two sites. */
        SECOND_LINE,
        /** A second storage in step. */
        SECOND_STORAGE,
        /** A second instance of the system beside the first. */
        SECOND_INSTANCE,
        /** A standby that keeps images and starts them. */
        STANDBY,
        /** A spare part on the shelf: repairs take half of the time. */
        SPARE_PART,
        /** A start of the images tested four times as often. */
        MORE_TESTS,
        /** A takeover that is rehearsed: half of what does not work today does then. */
        REHEARSED_TAKEOVER,
        /** Replication four times as often. */
        SHORTER_INTERVAL
    }

    /** Minutes avoided for each euro. */
    public double minutesPerEuro() {
        return minutesAvoidedPerYear / euroPerYear;
    }
}
