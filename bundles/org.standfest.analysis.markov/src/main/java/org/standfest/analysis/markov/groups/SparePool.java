package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * N+1: hosts that carry the load and spare ones that are switched off and boot when a host fails; a
 * repaired host is a spare. Hosts that run go on failing while a spare boots.
 *
 * @param active how many must run, at least 1
 * @param spares how many are off when all is well, at least 0
 * @param mttfHours of a running host, above 0; one that is off does not fail
 * @param mttrHours above 0
 * @param bootHours mean time until a spare carries its load, above 0
 * @param crews at least 1
 */
public record SparePool(
        int active, int spares, double mttfHours, double mttrHours, double bootHours, int crews)
        implements RepairableGroup {

    private record State(int running, int failed) {}

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .units(Math.max(1, active), active + spares)
                .atLeast("active hosts", 1, active)
                .atLeast("spares", 0, spares)
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .time("boot time", bootHours)
                .atLeast("crews", 1, crews)
                .solve(new State(active, 0), this::moves, state -> state.running == active, effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        int off = active + spares - state.running - state.failed;
        int booting = Math.min(off, active - state.running);
        moves.to(new State(state.running - 1, state.failed + 1), state.running / mttfHours);
        moves.to(new State(state.running + 1, state.failed), booting / bootHours);
        moves.to(
                new State(state.running, state.failed - 1),
                Math.min(crews, state.failed) / mttrHours);
    }
}
