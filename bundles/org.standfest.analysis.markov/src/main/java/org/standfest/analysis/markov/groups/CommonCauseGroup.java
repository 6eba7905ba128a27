package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Equal units that also fail all at once for a common cause: the beta-factor model (Fleming 1975;
 * Mosleh, NUREG/CR-4780). A share beta of a unit's failures hits all of them; the common outage is
 * mended as one event, after which all work.
 *
 * @param needed how many must work, 1 to units
 * @param units how many there are
 * @param mttfHours of one unit by any cause, above 0
 * @param mttrHours of one unit, above 0
 * @param beta share of the common cause, 0 to 1
 * @param commonMttrHours until the common outage is mended, above 0
 * @param crews at least 1
 */
public record CommonCauseGroup(
        int needed,
        int units,
        double mttfHours,
        double mttrHours,
        double beta,
        double commonMttrHours,
        int crews)
        implements RepairableGroup {

    /** Failed units; all at once is the number of units plus one. */
    private record State(int failed) {}

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .units(needed, units)
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .probability("beta", beta)
                .time("MTTR of the common cause", commonMttrHours)
                .atLeast("crews", 1, crews)
                .solve(new State(0), this::moves, state -> units - state.failed >= needed, effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        State common = new State(units + 1);
        if (state.equals(common)) {
            moves.to(new State(0), 1 / commonMttrHours);
            return;
        }
        int whole = units - state.failed;
        if (whole > 1) {
            moves.to(new State(state.failed + 1), whole * (1 - beta) / mttfHours);
            moves.to(common, beta / mttfHours);
        } else {
            // A single unit has nobody to fail together with.
            moves.to(new State(state.failed + 1), whole / mttfHours);
        }
        if (state.failed > 0) {
            moves.to(new State(state.failed - 1), Math.min(crews, state.failed) / mttrHours);
        }
    }
}
