package org.standfest.analysis.availability;

/**
 * What a protection costs each time it is needed: the seam between the static structure and the
 * dynamic groups. The unit {@link #unit} stands for "the takeover is under way, or a person is at
 * it because it did not happen". Its figures are first taken as demand · (c · failover + (1 - c) ·
 * manual); where the group is a pair of equal machines they come from its Markov chain.
 *
 * @param protectionId the protection
 * @param unit index of the unit
 * @param demand literal that becomes true when the protection is needed
 * @param coverage probability that it works by itself
 * @param failoverHours mean time of a takeover that works, 0 or more
 * @param manualHours mean time of an outage in which it did not; not a number: until what failed is
 *     repaired
 * @param firstUnit index of the serving machine's own unit in a pair; -1 where it is no pair
 * @param secondUnit index of the other's
 */
public record Takeover(
        String protectionId,
        int unit,
        int demand,
        double coverage,
        double failoverHours,
        double manualHours,
        int firstUnit,
        int secondUnit) {

    /** Whether it belongs to two machines that stand by for each other. */
    public boolean isPair() {
        return firstUnit >= 0 && secondUnit >= 0;
    }
}
