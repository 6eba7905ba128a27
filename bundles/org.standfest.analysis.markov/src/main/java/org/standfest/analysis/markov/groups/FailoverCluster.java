package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Two nodes, one serves, the other stands by with power on and is watched. A failure of the serving
 * node is covered (noticed and taken over by itself) or not (a person takes over); during the
 * takeover nothing else fails. The usual coverage model (Bouricius, Carter and Schneider 1969;
 * Trivedi and Bobbio 2017, chapter 10).
 *
 * @param mttfHours mean time to failure of a node, above 0
 * @param mttrHours mean time to repair a node, above 0
 * @param failoverHours mean time of a covered takeover, above 0
 * @param coverage probability that a takeover works by itself, 0 to 1
 * @param manualHours mean time until a person has taken over, above 0
 * @param crews 1 or more
 */
public record FailoverCluster(
        double mttfHours,
        double mttrHours,
        double failoverHours,
        double coverage,
        double manualHours,
        int crews)
        implements RepairableGroup {

    private enum State {
        BOTH,
        TAKING_OVER,
        WAITING_FOR_A_PERSON,
        ONE,
        NONE
    }

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .time("failover time", failoverHours)
                .probability("coverage", coverage)
                .time("manual recovery time", manualHours)
                .atLeast("crews", 1, crews)
                .solve(
                        State.BOTH,
                        this::moves,
                        state -> state == State.BOTH || state == State.ONE,
                        effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        double failure = 1 / mttfHours;
        switch (state) {
            case BOTH -> {
                moves.to(State.TAKING_OVER, failure * coverage);
                moves.to(State.WAITING_FOR_A_PERSON, failure * (1 - coverage));
                moves.to(State.ONE, failure);
            }
            case TAKING_OVER -> moves.to(State.ONE, 1 / failoverHours);
            case WAITING_FOR_A_PERSON -> moves.to(State.ONE, 1 / manualHours);
            case ONE -> {
                moves.to(State.NONE, failure);
                moves.to(State.BOTH, 1 / mttrHours);
            }
            case NONE -> moves.to(State.ONE, Math.min(crews, 2) / mttrHours);
        }
    }
}
