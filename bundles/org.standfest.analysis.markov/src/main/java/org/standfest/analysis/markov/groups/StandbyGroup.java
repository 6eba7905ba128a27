package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

/**
 * Units that serve and units that stand by. A standby ages slower by the dormancy factor (0 cold,
 * between warm, 1 hot); when a serving unit fails, a standby starts at once or after the switching
 * time, and may fail to start, upon which the next one is tried (Trivedi and Bobbio 2017, chapters
 * 8 and 9).
 *
 * @param active how many must serve, at least 1
 * @param spares how many stand by when all is well, at least 0
 * @param mttfHours of a serving unit, above 0
 * @param mttrHours of any unit, above 0
 * @param dormancy failure rate of a standby as a share of that of a serving unit, 0 to 1
 * @param crews how many are repaired at once, at least 1
 * @param startFailure probability that a standby does not start, 0 to 1
 * @param switchHours mean time until a started standby serves; 0: at once
 */
public record StandbyGroup(
        int active,
        int spares,
        double mttfHours,
        double mttrHours,
        double dormancy,
        int crews,
        double startFailure,
        double switchHours)
        implements RepairableGroup {

    /** Failed units, and whether a standby is starting. */
    private record State(int failed, boolean switching) {}

    /** One active unit, standbys that start at once and always. */
    public static StandbyGroup ideal(
            int spares, double mttfHours, double mttrHours, double dormancy, int crews) {
        return new StandbyGroup(1, spares, mttfHours, mttrHours, dormancy, crews, 0, 0);
    }

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .units(Math.max(1, active), active + spares)
                .atLeast("active units", 1, active)
                .atLeast("spares", 0, spares)
                .time("MTTF", mttfHours)
                .time("MTTR", mttrHours)
                .probability("dormancy factor", dormancy)
                .atLeast("crews", 1, crews)
                .probability("start failure", startFailure)
                .timeOrNone("switching time", switchHours)
                .solve(
                        new State(0, false),
                        this::moves,
                        state -> !state.switching && state.failed <= spares,
                        effort);
    }

    private void moves(State state, StateSpace.Moves<State> moves) {
        int units = active + spares;
        int whole = units - state.failed;
        if (state.switching) {
            // One serving unit too few, the standby for it on its way; a repair may add another.
            moves.to(new State(state.failed, false), (1 - startFailure) / switchHours);
            failedToStart(state, moves, startFailure / switchHours);
        } else {
            int serving = Math.min(active, whole);
            activeFails(state, serving / mttfHours, moves);
            moves.to(new State(state.failed + 1, false), (whole - serving) * dormancy / mttfHours);
        }
        if (state.failed > 0) {
            moves.to(
                    new State(state.failed - 1, state.switching),
                    Math.min(crews, state.failed) / mttrHours);
        }
    }

    private void activeFails(State state, double rate, StateSpace.Moves<State> moves) {
        boolean standby = state.failed < spares;
        if (standby && switchHours > 0) {
            moves.to(new State(state.failed + 1, true), rate);
            return;
        }
        // At once: every standby in turn until one starts.
        double left = rate;
        int failed = state.failed + 1;
        while (failed <= spares && startFailure > 0) {
            moves.to(new State(failed, false), left * (1 - startFailure));
            left *= startFailure;
            failed++;
        }
        moves.to(new State(failed, false), left);
    }

    private void failedToStart(State state, StateSpace.Moves<State> moves, double rate) {
        int failed = state.failed + 1;
        moves.to(new State(failed, failed <= spares), rate);
    }
}
