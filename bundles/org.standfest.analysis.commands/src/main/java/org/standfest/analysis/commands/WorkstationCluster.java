package org.standfest.analysis.commands;

import org.standfest.analysis.markov.StateSpace;

/**
 * Two clusters of N workstations, each behind a switch, joined by a backbone, with one repair unit
 * (Haverkort, Hermanns and Katoen, On the Use of Model Checking Techniques for Dependability
 * Evaluation, SRDS 2000). The reference values come from several independent tools.
 *
 * @param n workstations on each side
 */
record WorkstationCluster(int n) {

    private static final double INSPECTION = 10;

    enum Repair {
        NOTHING,
        LEFT,
        RIGHT,
        LEFT_SWITCH,
        RIGHT_SWITCH,
        LINE
    }

    record State(
            int left,
            int right,
            boolean leftSwitch,
            boolean rightSwitch,
            boolean line,
            Repair repair) {

        private State with(Repair next) {
            return new State(left, right, leftSwitch, rightSwitch, line, next);
        }

        private State leftWith(int count, Repair next) {
            return new State(count, right, leftSwitch, rightSwitch, line, next);
        }

        private State rightWith(int count, Repair next) {
            return new State(left, count, leftSwitch, rightSwitch, line, next);
        }

        private State joints(boolean first, boolean second, boolean backbone, Repair next) {
            return new State(left, right, first, second, backbone, next);
        }

        /** Whether a quality of service with this many connected workstations is given. */
        boolean serves(int wanted) {
            return left >= wanted && leftSwitch
                    || right >= wanted && rightSwitch
                    || left + right >= wanted && leftSwitch && rightSwitch && line;
        }
    }

    StateSpace<State> explore() {
        return StateSpace.explore(
                new State(n, n, true, true, true, Repair.NOTHING), this::moves, 2_000_000);
    }

    private void moves(State s, StateSpace.Moves<State> moves) {
        if (s.left > 0) {
            moves.to(s.leftWith(s.left - 1, s.repair), s.left / 500.0);
        }
        if (s.right > 0) {
            moves.to(s.rightWith(s.right - 1, s.repair), s.right / 500.0);
        }
        if (s.leftSwitch) {
            moves.to(s.joints(false, s.rightSwitch, s.line, s.repair), 1 / 4000.0);
        }
        if (s.rightSwitch) {
            moves.to(s.joints(s.leftSwitch, false, s.line, s.repair), 1 / 4000.0);
        }
        if (s.line) {
            moves.to(s.joints(s.leftSwitch, s.rightSwitch, false, s.repair), 1 / 5000.0);
        }
        switch (s.repair) {
            case NOTHING -> begin(s, moves);
            case LEFT -> moves.to(s.leftWith(s.left + 1, Repair.NOTHING), 2);
            case RIGHT -> moves.to(s.rightWith(s.right + 1, Repair.NOTHING), 2);
            case LEFT_SWITCH ->
                    moves.to(s.joints(true, s.rightSwitch, s.line, Repair.NOTHING), 0.25);
            case RIGHT_SWITCH ->
                    moves.to(s.joints(s.leftSwitch, true, s.line, Repair.NOTHING), 0.25);
            case LINE ->
                    moves.to(s.joints(s.leftSwitch, s.rightSwitch, true, Repair.NOTHING), 0.125);
        }
    }

    private void begin(State s, StateSpace.Moves<State> moves) {
        moves.to(s.with(Repair.LEFT), s.left < n ? INSPECTION : 0);
        moves.to(s.with(Repair.RIGHT), s.right < n ? INSPECTION : 0);
        moves.to(s.with(Repair.LEFT_SWITCH), s.leftSwitch ? 0 : INSPECTION);
        moves.to(s.with(Repair.RIGHT_SWITCH), s.rightSwitch ? 0 : INSPECTION);
        moves.to(s.with(Repair.LINE), s.line ? 0 : INSPECTION);
    }
}
