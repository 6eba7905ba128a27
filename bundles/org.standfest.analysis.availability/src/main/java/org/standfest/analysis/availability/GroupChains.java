package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Takeover.Group;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.analysis.markov.SteadyState;
import org.standfest.analysis.markov.groups.DistinctUnits;
import org.standfest.analysis.markov.groups.RepairableGroup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chains that were solved already: many groups of a topology are alike. One thread. */
final class GroupChains {

    private static final int MOST_DISTINCT = 7;
    private static final int MOST_STATES = 100_000;

    private final Map<RepairableGroup, Optional<GroupAvailability>> solved = new HashMap<>();

    /** The long run of a group; empty where its data make no sense. */
    Optional<GroupAvailability> of(RepairableGroup group) {
        return solved.computeIfAbsent(group, it -> it.solve().result());
    }

    /** Members that are not alike, repaired in the order of failure; empty for more than seven. */
    Optional<GroupAvailability> distinct(
            Group group, double[] down, double[] up, double[] failures) {
        if (group.members().size() > MOST_DISTINCT) {
            return Optional.empty();
        }
        List<DistinctUnits.Unit> members =
                group.members().stream()
                        .map(
                                it ->
                                        new DistinctUnits.Unit(
                                                up[it] / failures[it], down[it] / failures[it]))
                        .toList();
        return of(new DistinctUnits(group.needed(), members, group.crews()));
    }

    /**
     * One of several machines with common cold spares: the share of time in which it has none.
     * Failed machines and spares share the crews; what is repaired becomes a spare.
     */
    GroupAvailability unserved(
            int machines, int spares, double mttfHours, double mttrHours, int crews) {
        StateSpace<Integer> space =
                StateSpace.explore(
                        0,
                        (failed, moves) -> {
                            int serving = Math.min(machines, machines + spares - failed);
                            moves.to(failed + 1, serving / mttfHours);
                            moves.to(failed - 1, Math.min(crews, failed) / mttrHours);
                        },
                        MOST_STATES);
        double[] probability = SteadyState.of(space.chain(), Effort.STANDARD).probability();
        double unserved = 0;
        double frequency = 0;
        for (int i = 0; i < probability.length; i++) {
            int failed = space.states().get(i);
            int without = Math.max(0, failed - spares);
            unserved += probability[i] * without / machines;
            if (failed >= spares) {
                int serving = Math.min(machines, machines + spares - failed);
                frequency += probability[i] * serving / mttfHours / machines;
            }
        }
        return GroupAvailability.of(unserved, frequency);
    }
}
