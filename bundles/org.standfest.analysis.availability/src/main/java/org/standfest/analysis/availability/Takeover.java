package org.standfest.analysis.availability;

import java.util.List;

/**
 * What a protection costs beside the static structure: the seam to the dynamic groups. The unit
 * {@link #unit} stands for "the takeover is under way, or a person is at it because it did not
 * happen", or for waiting that the structure of independent units does not know.
 *
 * @param protectionId the protection
 * @param protectionName its name
 * @param elementId the host or system that is taken over
 * @param elementName its name
 * @param effect what the unit stands for
 * @param unit index of the unit
 * @param demand literal: for {@link Effect#TAKEOVER} true when the protection is needed; otherwise
 *     true when too many members are down, counted as independent
 * @param coverage probability that it works by itself
 * @param failoverHours mean time of a takeover that works, 0 or more
 * @param manualHours mean time of an outage in which it did not; not a number: until what failed is
 *     repaired
 * @param group the machines that wait for each other; without members where there is none
 */
public record Takeover(
        String protectionId,
        String protectionName,
        String elementId,
        String elementName,
        Effect effect,
        int unit,
        int demand,
        double coverage,
        double failoverHours,
        double manualHours,
        Group group) {

    /** What the unit stands for. */
    public enum Effect {
        /** Switching to the other side. */
        TAKEOVER,
        /** More units are broken than there are crews. */
        QUEUE,
        /** All fail at once. */
        COMMON_CAUSE,
        /** The repaired half has not everything yet. */
        RESYNC,
        /** Others use the spare servers. */
        SPARES_USED,
        /** A host is down and no spare has booted in its place. */
        SPARES_BOOTING
    }

    /**
     * Machines of one group.
     *
     * @param members indices of their own units, the serving one first
     * @param needed how many must work
     * @param crews how many are repaired at once
     * @param figure share of the common cause; hours of a resynchronisation; number of spares; for
     *     a takeover what the second member is: {@link #CLUSTER}, {@link #STANDBY}, {@link
     *     #WAITING}
     * @param stages of a repair time: 1 exponential
     * @param others what the same people repair beside the members
     */
    public record Group(
            List<Integer> members,
            int needed,
            int crews,
            double figure,
            int stages,
            People.Others others) {

        /** Two machines of a pair or cluster. */
        static final int CLUSTER = 0;

        /** The second is a standby that may fail to start. */
        static final int STANDBY = 1;

        /**
         * A standby that does nothing else: its stated figures are those of a machine that waits.
         */
        static final int WAITING = 2;

        /** No group. */
        static final Group NONE = new Group(List.of(), 0, 1, 0);

        /** Exponential repair by people with nothing else to do. */
        Group(List<Integer> members, int needed, int crews, double figure) {
            this(members, needed, crews, figure, 1, People.Others.NONE);
        }

        /** Copies. */
        public Group {
            members = List.copyOf(members);
        }
    }

    /** The same with other data. */
    Takeover with(double otherCoverage, double failover, double manual, double figure) {
        return new Takeover(
                protectionId,
                protectionName,
                elementId,
                elementName,
                effect,
                unit,
                demand,
                otherCoverage,
                failover,
                manual,
                new Group(
                        group.members,
                        group.needed,
                        group.crews,
                        figure,
                        group.stages,
                        group.others));
    }

    /** Whether it belongs to two machines that stand by for each other. */
    public boolean isPair() {
        return group.members().size() == 2;
    }

    /**
     * How unavailable its unit is at most, when it is not known how often it is needed: then every
     * failure of anything below counts as a demand.
     *
     * @param needs the units that the demand depends on
     * @param down unavailability of each unit
     * @param failures of each unit, per hour
     */
    double unavailabilityAtMost(int[] needs, double[] down, double[] failures) {
        if (effect != Effect.TAKEOVER || isPair()) {
            return 1;
        }
        double demands = 0;
        double repair = 0;
        for (int unit : needs) {
            demands += failures[unit];
            repair = Math.max(repair, failures[unit] == 0 ? 0 : down[unit] / failures[unit]);
        }
        double manual = Double.isNaN(manualHours) ? repair : manualHours;
        return Math.min(1, demands * (coverage * failoverHours + (1 - coverage) * manual));
    }
}
