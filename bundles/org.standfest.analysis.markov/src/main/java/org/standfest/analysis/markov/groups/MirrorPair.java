package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Two mirrored servers or stores. After a repair the returning side is brought to the same state;
 * until then it cannot take over: a failure of the side with the data in that window is an outage
 * until that side is repaired.
 *
 * @param mttfHours of one side, above 0
 * @param mttrHours of one side, above 0
 * @param resyncHours mean time of the resynchronisation, above 0
 * @param crews at least 1
 */
public record MirrorPair(double mttfHours, double mttrHours, double resyncHours, int crews)
        implements RepairableGroup {

    private enum State {
        IN_STEP,
        ONE_SIDE,
        RESYNC,
        SOURCE_LOST_IN_RESYNC,
        NONE
    }

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .time("resync time", resyncHours)
                .atLeast("crews", 1, crews)
                .solve(
                        State.IN_STEP,
                        this::moves,
                        state ->
                                state == State.IN_STEP
                                        || state == State.ONE_SIDE
                                        || state == State.RESYNC,
                        effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        double failure = 1 / mttfHours;
        double repair = 1 / mttrHours;
        switch (state) {
            case IN_STEP -> moves.to(State.ONE_SIDE, 2 * failure);
            case ONE_SIDE -> {
                moves.to(State.RESYNC, repair);
                moves.to(State.NONE, failure);
            }
            case RESYNC -> {
                moves.to(State.IN_STEP, 1 / resyncHours);
                moves.to(State.ONE_SIDE, failure);
                moves.to(State.SOURCE_LOST_IN_RESYNC, failure);
            }
            case SOURCE_LOST_IN_RESYNC -> {
                // The other side runs but has no whole copy.
                moves.to(State.RESYNC, repair);
                moves.to(State.NONE, failure);
            }
            case NONE -> {
                // With one crew the side with the newest data is repaired first.
                moves.to(State.ONE_SIDE, repair);
                if (crews > 1) {
                    moves.to(State.SOURCE_LOST_IN_RESYNC, repair);
                }
            }
        }
    }
}
