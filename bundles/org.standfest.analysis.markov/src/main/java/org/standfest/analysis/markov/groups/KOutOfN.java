package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.results.Outcome;

/**
 * Equal units of which some are needed, repaired by a number of crews. A birth-death chain of the
 * failed units (Trivedi and Bobbio, Reliability and Availability Engineering, 2017, chapter 9);
 * units go on failing while the group is down.
 *
 * @param needed how many must work, 1 to units
 * @param units how many there are
 * @param mttfHours mean time to failure of one unit, above 0
 * @param mttrHours mean time to repair one unit once a crew is free, above 0
 * @param crews how many units are repaired at once, at least 1
 * @param repairStages 1 for an exponential repair time; more make it an Erlang distribution of the
 *     same mean that scatters less, which needs a single crew
 */
public record KOutOfN(
        int needed, int units, double mttfHours, double mttrHours, int crews, int repairStages)
        implements RepairableGroup {

    /** With exponential repair times. */
    public KOutOfN(int needed, int units, double mttfHours, double mttrHours, int crews) {
        this(needed, units, mttfHours, mttrHours, crews, 1);
    }

    /** Failed units, and how many stages of the present repair are over. */
    private record State(int failed, int stage) {}

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .units(needed, units)
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .atLeast("crews", 1, crews)
                .atLeast("repair stages", 1, repairStages)
                .atMost("crews", repairStages > 1 ? 1 : crews, crews)
                .solve(
                        new State(0, 0),
                        this::moves,
                        state -> units - state.failed >= needed,
                        effort);
    }

    private void moves(State state, org.standfest.analysis.markov.StateSpace.Moves<State> moves) {
        moves.to(new State(state.failed + 1, state.stage), (units - state.failed) / mttfHours);
        if (state.failed > 0) {
            double rate = Math.min(crews, state.failed) * repairStages / mttrHours;
            moves.to(
                    state.stage + 1 < repairStages
                            ? new State(state.failed, state.stage + 1)
                            : new State(state.failed - 1, 0),
                    rate);
        }
    }
}
