package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.results.Outcome;

/**
 * A unit whose failure is hidden until it is tested, such as a standby machine or an emergency
 * generator: tested at equal intervals, mended at once when found failed. Mean unavailability 1 -
 * (1 - e^-lT) / (lT) (IEC 61508-6 annex B; Rausand and Høyland, System Reliability Theory).
 *
 * @param mttfHours mean time to the hidden failure, above 0
 * @param testIntervalHours above 0
 */
public record DormantUnit(double mttfHours, double testIntervalHours) implements RepairableGroup {

    @Override
    public Outcome<GroupAvailability> solve(Effort effort) {
        return new Terms()
                .time("MTTF", mttfHours)
                .time("test interval", testIntervalHours)
                .then(this::solved);
    }

    private GroupAvailability solved() {
        double x = testIntervalHours / mttfHours;
        double failuresPerInterval = -Math.expm1(-x);
        return GroupAvailability.of(
                beyondFirstOrder(x) / x, failuresPerInterval / testIntervalHours);
    }

    /** x - 1 + e^-x without cancellation. */
    static double beyondFirstOrder(double x) {
        if (x > 0.5) {
            return x + Math.expm1(-x);
        }
        double term = x * x / 2;
        double sum = 0;
        for (int n = 3; Math.abs(term) > 1e-18 * sum; n++) {
            sum += term;
            term *= -x / n;
        }
        return sum;
    }
}
