package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Equal units of which some are needed, repaired by people who also repair others. Whoever waits
 * has the same chance to be next. When all are alike, the long run is that of first come, first
 * served: which ones have failed is evenly spread given how many have, whatever the order of
 * repair, as no order looks at names.
 *
 * @param needed how many must work, 1 to units
 * @param units how many there are
 * @param mttfHours mean time to failure of one unit, above 0
 * @param mttrHours mean time to repair one unit once somebody is free, above 0
 * @param others how many other machines the same people repair, at least 0; more than 40 of them
 *     failed at once do not happen
 * @param otherMttfHours mean time to failure of another, above 0
 * @param otherMttrHours mean time to repair another, above 0
 * @param crews how many are repaired at once, at least 1
 */
public record SharedCrewGroup(
        int needed,
        int units,
        double mttfHours,
        double mttrHours,
        int others,
        double otherMttfHours,
        double otherMttrHours,
        int crews)
        implements RepairableGroup {

    private static final int OTHERS_FAILED_MOST = 40;

    private record State(int failed, int otherFailed) {}

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .units(needed, units)
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .atLeast("others", 0, others)
                .time("MTTF of others", otherMttfHours)
                .time("MTTR of others", otherMttrHours)
                .atLeast("crews", 1, crews)
                .solve(
                        new State(0, 0),
                        this::moves,
                        state -> units - state.failed >= needed,
                        effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        int failed = state.failed;
        int away = state.otherFailed;
        moves.to(new State(failed + 1, away), (units - failed) / mttfHours);
        if (away < Math.min(others, OTHERS_FAILED_MOST)) {
            moves.to(new State(failed, away + 1), (others - away) / otherMttfHours);
        }
        if (failed + away > 0) {
            double each = Math.min(crews, failed + away) / (double) (failed + away);
            moves.to(new State(failed - 1, away), each * failed / mttrHours);
            moves.to(new State(failed, away - 1), each * away / otherMttrHours);
        }
    }
}
