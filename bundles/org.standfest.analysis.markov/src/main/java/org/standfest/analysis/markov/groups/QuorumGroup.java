package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * A cluster that serves while a majority of all votes can be heard and at least one node works. The
 * witness has a vote and no service.
 *
 * @param nodes how many nodes, each with a vote, at least 1
 * @param mttfHours of a node, above 0
 * @param mttrHours of a node, above 0
 * @param witnessMttfHours of the witness, above 0; 0: there is none
 * @param witnessMttrHours of the witness, above 0 where there is one
 * @param crews how many nodes are repaired at once, at least 1; the witness has its own
 */
public record QuorumGroup(
        int nodes,
        double mttfHours,
        double mttrHours,
        double witnessMttfHours,
        double witnessMttrHours,
        int crews)
        implements RepairableGroup {

    private record State(int failed, boolean witness) {}

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        boolean witness = witnessMttfHours != 0;
        Terms terms =
                new Terms()
                        .units(1, nodes)
                        .time("MTTF", mttfHours)
                        .time("MTTR", mttrHours)
                        .atLeast("crews", 1, crews);
        if (witness) {
            terms.time("MTTF of the witness", witnessMttfHours)
                    .time("MTTR of the witness", witnessMttrHours);
        }
        int votes = nodes + (witness ? 1 : 0);
        return terms.solve(
                new State(0, witness),
                this::moves,
                state -> {
                    int heard = nodes - state.failed + (state.witness ? 1 : 0);
                    return 2 * heard > votes && state.failed < nodes;
                },
                effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        moves.to(new State(state.failed + 1, state.witness), (nodes - state.failed) / mttfHours);
        moves.to(
                new State(state.failed - 1, state.witness),
                Math.min(crews, state.failed) / mttrHours);
        if (witnessMttfHours != 0) {
            moves.to(
                    new State(state.failed, !state.witness),
                    1 / (state.witness ? witnessMttfHours : witnessMttrHours));
        }
    }
}
