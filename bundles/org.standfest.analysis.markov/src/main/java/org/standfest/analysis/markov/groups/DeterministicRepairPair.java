package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.results.Outcome;

/**
 * One of two equal units is needed, one crew, and every repair takes exactly the same time: the
 * most regular repair there is, against which {@link KOutOfN} with many stages tends. From the
 * renewal argument at the end of repairs: with l the failure rate and T the repair time the group
 * is down T - (1 - e^-lT) / l of every repair that begins with one unit left, and a cycle of such
 * repairs has 1 / (2 l) + T e^lT.
 *
 * @param mttfHours of one unit, above 0
 * @param repairHours of every repair, above 0
 */
public record DeterministicRepairPair(double mttfHours, double repairHours)
        implements RepairableGroup {

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .time("MTTF", mttfHours)
                .time("repair time", repairHours)
                .then(this::solved);
    }

    private GroupAvailability solved() {
        double x = repairHours / mttfHours;
        double growth = Math.exp(x);
        double down = growth * mttfHours * DormantUnit.beyondFirstOrder(x);
        double cycle = mttfHours / 2 + repairHours * growth;
        // Each repair that the second unit does not outlive is one outage.
        double outages = growth * -Math.expm1(-x);
        return GroupAvailability.of(down / cycle, outages / cycle);
    }
}
