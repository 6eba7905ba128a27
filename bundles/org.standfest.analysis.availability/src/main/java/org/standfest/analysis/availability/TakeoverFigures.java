package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.groups.FailoverCluster;

import java.util.List;
import java.util.Optional;

/**
 * The figures of takeovers from what they wait for. One outage for each demand: it lasts as long as
 * a takeover with the probability of coverage, and until a person has acted, or the failed thing is
 * repaired, otherwise. For a pair of equal machines the part of their own failures comes from the
 * Markov chain of the failover cluster, less what the structure counts already. One thread.
 */
final class TakeoverFigures {

    private static final int REPAIR_CREWS = 2;

    private final List<Unit> units;
    private final double[] down;
    private final double[] up;
    private final double[] failures;

    /** Writes into the lists and arrays. */
    TakeoverFigures(List<Unit> units, double[] down, double[] up, double[] failures) {
        this.units = units;
        this.down = down;
        this.up = up;
        this.failures = failures;
    }

    /** What was settled so far. */
    List<TakeoverResult> results() {
        return List.of();
    }

    /** Sets the figures of a takeover's unit; what its demand depends on must be settled before. */
    void settle(Takeover takeover, StructureFunction demand) {
        Renewal needed = demand.renewal(down, up, failures);
        double frequency = needed.failuresPerHour();
        double unavailability = 0;
        if (frequency > 0) {
            double repair = needed.meanDownTimeHours();
            double manual = Double.isNaN(takeover.manualHours()) ? repair : takeover.manualHours();
            unavailability = frequency * outageHours(takeover, repair, manual);
            Optional<GroupAvailability> pair = pair(takeover);
            if (pair.isPresent()) {
                int first = takeover.firstUnit();
                double own = failures[first] * outageHours(takeover, repair, manual);
                double both = down[first] * down[takeover.secondUnit()];
                double exact = Math.max(0, pair.get().unavailability() - both);
                unavailability = Math.max(0, unavailability - own) + exact;
            }
        }
        put(takeover.unit(), Math.min(0.5, unavailability), frequency);
    }

    private static double outageHours(Takeover takeover, double repair, double manual) {
        double covered = Math.min(takeover.failoverHours(), repair);
        return takeover.coverage() * covered + (1 - takeover.coverage()) * manual;
    }

    private Optional<GroupAvailability> pair(Takeover takeover) {
        if (!takeover.isPair() || takeover.failoverHours() <= 0) {
            return Optional.empty();
        }
        int first = takeover.firstUnit();
        int second = takeover.secondUnit();
        if (down[first] != down[second] || failures[first] != failures[second]) {
            return Optional.empty();
        }
        double mttr = down[first] / failures[first];
        double mttf = up[first] / failures[first];
        return new FailoverCluster(
                        mttf,
                        mttr,
                        takeover.failoverHours(),
                        takeover.coverage(),
                        takeover.manualHours(),
                        REPAIR_CREWS)
                .solve()
                .result();
    }

    private void put(int index, double unavailability, double frequency) {
        down[index] = unavailability;
        up[index] = 1 - unavailability;
        failures[index] = frequency;
        Unit was = units.get(index);
        units.set(
                index,
                new Unit(
                        index,
                        was.key(),
                        was.elementId(),
                        was.elementName(),
                        was.role(),
                        unavailability,
                        1 - unavailability,
                        frequency,
                        was.confidence(),
                        was.source(),
                        was.assumed()));
    }
}
