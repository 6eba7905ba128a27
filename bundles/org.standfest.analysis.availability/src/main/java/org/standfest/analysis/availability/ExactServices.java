package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.Assessment;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.Importance;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Results of the services whose structures are solved and whose figures are known. One thread. */
final class ExactServices {

    private static final double HOURS_PER_YEAR = 8760;

    private final List<Unit> units;
    private final double[] down;
    private final double[] up;
    private final double[] failures;
    private final int cutSetsListed;
    private final Watcher watcher;

    /**
     * @param units by index; they and their figures may still change until the first service
     * @param down unavailabilities
     * @param up availabilities
     * @param failures per hour
     * @param cutSetsListed how many cut sets of each service are listed
     * @param watcher may cancel
     */
    ExactServices(
            List<Unit> units,
            double[] down,
            double[] up,
            double[] failures,
            int cutSetsListed,
            Watcher watcher) {
        this.units = units;
        this.down = down;
        this.up = up;
        this.failures = failures;
        this.cutSetsListed = cutSetsListed;
        this.watcher = watcher;
    }

    /** What a structure says with these figures. */
    ServiceAvailability of(Goal goal, StructureFunction structure) {
        Assessment assessment = structure.assess(down, up, failures);
        Renewal renewal = assessment.renewal();
        double[] initiators = renewal.initiators();
        List<Weakness> weaknesses = new ArrayList<>();
        double all = 0;
        double assumed = 0;
        int[] events = structure.events();
        for (Importance it : assessment.importances()) {
            double hours = it.criticality() * renewal.unavailability() * HOURS_PER_YEAR;
            weaknesses.add(
                    new Weakness(
                            it.event(),
                            it,
                            initiators[Arrays.binarySearch(events, it.event())],
                            hours));
            all += it.criticality();
            assumed += units.get(it.event()).assumed() ? it.criticality() : 0;
        }
        Optional<CutSets> cutSets = structure.cutSets(watcher);
        List<BigInteger> byOrder = cutSets.map(CutSets::byOrder).orElse(List.of());
        List<CutSet> listed =
                cutSets.map(it -> it.mostProbable(cutSetsListed, down)).orElse(List.of());
        int[] single = cutSets.map(CutSets::singlePoints).orElse(new int[0]);
        return new ServiceAvailability(
                goal,
                Optional.of(renewal),
                new Bounds(renewal.unavailability(), renewal.unavailability()),
                byOrder,
                listed,
                Arrays.stream(single).boxed().toList(),
                weaknesses,
                all == 0 ? 0 : assumed / all);
    }
}
