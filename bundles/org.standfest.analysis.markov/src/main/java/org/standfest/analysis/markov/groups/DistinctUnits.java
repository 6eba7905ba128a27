package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;

/**
 * Different units of which some are needed, repaired in the order in which they failed.
 *
 * @param needed how many must work, 1 to the number of units
 * @param units 1 to 7 of them: the order of repair makes the chain grow with the factorial
 * @param crews how many are repaired at once, at least 1
 */
public record DistinctUnits(int needed, List<Unit> units, int crews) implements RepairableGroup {

    private static final int MOST = 7;

    /**
     * One unit.
     *
     * @param mttfHours mean time to failure, above 0
     * @param mttrHours mean time to repair, above 0
     */
    public record Unit(double mttfHours, double mttrHours) {}

    /** Takes a copy. */
    public DistinctUnits {
        units = List.copyOf(units);
    }

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        Terms terms =
                new Terms()
                        .units(needed, units.size())
                        .atLeast("crews", 1, crews)
                        .atMost("units", MOST, units.size());
        units.forEach(unit -> terms.time("MTTF", unit.mttfHours).time("MTTR", unit.mttrHours));
        return terms.solve(
                List.<Integer>of(),
                this::moves,
                failed -> units.size() - failed.size() >= needed,
                effort);
    }

    private void moves(List<Integer> failed, StateSpace.Moves<List<Integer>> moves) {
        for (int unit = 0; unit < units.size(); unit++) {
            if (!failed.contains(unit)) {
                List<Integer> more = new ArrayList<>(failed);
                more.add(unit);
                moves.to(List.copyOf(more), 1 / units.get(unit).mttfHours);
            }
        }
        for (int place = 0; place < Math.min(crews, failed.size()); place++) {
            List<Integer> fewer = new ArrayList<>(failed);
            int repaired = fewer.remove(place);
            moves.to(List.copyOf(fewer), 1 / units.get(repaired).mttrHours);
        }
    }
}
