package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.FirstPassage;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Disks of which some may be lost; one rebuild at a time. Only the mean time to data loss means
 * anything here: the exact solution of the chain of Patterson, Gibson and Katz (SIGMOD 1988), with
 * a chance of an unreadable sector when the last redundancy is rebuilt from.
 *
 * @param disks how many, at least 2
 * @param tolerated how many may be lost at once, 1 to disks - 1
 * @param mttfHours of a disk, above 0
 * @param rebuildHours mean time of a rebuild, above 0
 * @param unreadable probability that a rebuild without redundancy left meets an unreadable sector,
 *     0 to 1
 */
public record RaidGroup(
        int disks, int tolerated, double mttfHours, double rebuildHours, double unreadable) {

    private static final int LOST = -1;

    /** Mean time to data loss from all disks whole, in hours. */
    public Outcome<Double> meanTimeToDataLossHours(Effort effort) {
        return new Terms()
                .units(1, disks)
                .units(tolerated, disks - 1)
                .time("MTTF", mttfHours)
                .time("rebuild time", rebuildHours)
                .probability("unreadable sector", unreadable)
                .then(() -> solved(effort))
                .map(GroupAvailability::meanTimeToFirstFailureHours);
    }

    private GroupAvailability solved(Effort effort) {
        StateSpace<Integer> space = StateSpace.explore(0, this::moves, disks + 2);
        return new GroupAvailability(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                FirstPassage.meanHours(
                        space.chain(), 0, space.where(state -> state == LOST), effort),
                0);
    }

    private void moves(int failed, StateSpace.Moves<Integer> moves) {
        if (failed == LOST) {
            return;
        }
        double rate = (disks - failed) / mttfHours;
        if (failed == tolerated) {
            moves.to(LOST, rate);
        } else if (failed + 1 == tolerated) {
            moves.to(LOST, rate * unreadable);
            moves.to(failed + 1, rate * (1 - unreadable));
        } else {
            moves.to(failed + 1, rate);
        }
        if (failed > 0) {
            moves.to(failed - 1, 1 / rebuildHours);
        }
    }
}
