package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * How available one service is, where it runs or from one site.
 *
 * @param goal what it is about
 * @param renewal the exact result; absent when the structure was beyond the limits
 * @param bounds where the unavailability lies; both ends equal for an exact result
 * @param cutSetsByOrder how many minimal cut sets of each order there are, from order 0; empty when
 *     beyond the limits
 * @param cutSets the most probable ones, in terms of unit indices
 * @param singlePoints units that bring it down alone
 * @param weaknesses by contribution, the largest first
 * @param assumedShare how much of the unavailability rests on figures that the topology does not
 *     state, 0 to 1
 */
public record ServiceAvailability(
        Goal goal,
        Optional<Renewal> renewal,
        Bounds bounds,
        List<BigInteger> cutSetsByOrder,
        List<CutSet> cutSets,
        List<Integer> singlePoints,
        List<Weakness> weaknesses,
        double assumedShare) {

    private static final double MINUTES_PER_YEAR = 8760 * 60;

    /** Copies the lists. */
    public ServiceAvailability {
        cutSetsByOrder = List.copyOf(cutSetsByOrder);
        cutSets = List.copyOf(cutSets);
        singlePoints = List.copyOf(singlePoints);
        weaknesses = List.copyOf(weaknesses);
    }

    /** Share of time in which it is down; the upper bound where the result is not exact. */
    public double unavailability() {
        return bounds.upper();
    }

    /** Whether the result is exact for the figures. */
    public boolean isExact() {
        return renewal.isPresent();
    }

    /** Expected downtime in a year of 8,760 hours. */
    public double downtimeMinutesPerYear() {
        return unavailability() * MINUTES_PER_YEAR;
    }
}
