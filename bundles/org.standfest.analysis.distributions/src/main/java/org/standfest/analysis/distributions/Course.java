package org.standfest.analysis.distributions;

import java.util.List;

/**
 * The duration of independent steps one after the other, for instance detection, activation, boot
 * and positive test. The distribution of the sum is held on a grid from below and from above: once
 * with every value rounded down to the grid, once rounded up. So an answer is an interval that
 * surely holds the truth, not an approximation of unknown quality.
 *
 * <p>Immutable.
 */
public final class Course {

    private static final int CELLS = 4_096;

    private final double step;
    private final double mean;
    private final double[] early;
    private final double[] late;

    private Course(double step, double mean, double[] early, double[] late) {
        this.step = step;
        this.mean = mean;
        this.early = early;
        this.late = late;
    }

    /**
     * An interval that surely holds a number.
     *
     * @param low at least 0
     * @param high at least low
     */
    public record Bounds(double low, double high) {
        /** The middle, to show where one number must do. */
        public double middle() {
            return (low + high) / 2;
        }
    }

    /**
     * The sum of steps.
     *
     * @param horizon what is longer is only known to be longer; above 0, in the unit of the steps
     */
    public static Course of(List<Distribution> steps, double horizon) {
        Ranges.positive("horizon", horizon);
        double step = horizon / CELLS;
        double[] early = {1};
        double[] late = {1};
        double mean = 0;
        for (Distribution part : steps) {
            early = joined(early, cells(part, step, false));
            late = joined(late, cells(part, step, true));
            mean += part.mean();
        }
        return new Course(step, mean, early, late);
    }

    /** Probabilities of the grid's values 0, step, 2 step …; what lies beyond is left out. */
    private static double[] cells(Distribution part, double step, boolean roundUp) {
        double[] mass = new double[CELLS + 1];
        double before = roundUp ? 0 : -1;
        for (int i = 0; i <= CELLS; i++) {
            // Rounded up: the value i holds what lies in (i - 1, i]; down: in (i, i + 1].
            double upTo = part.probabilityUpTo((roundUp ? i : i + 1) * step);
            double from = before < 0 ? 0 : before;
            mass[i] = Math.max(0, upTo - from);
            before = upTo;
        }
        return mass;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] sum = new double[CELLS + 1];
        for (int i = 0; i < first.length; i++) {
            if (first[i] != 0) {
                for (int j = 0; j < second.length && i + j <= CELLS; j++) {
                    sum[i + j] += first[i] * second[j];
                }
            }
        }
        return sum;
    }

    /** The mean of the whole. */
    public double mean() {
        return mean;
    }

    /**
     * The probability that it takes longer than a limit: with RTO as the limit the probability to
     * miss it.
     */
    public Bounds probabilityBeyond(double limit) {
        int cell = (int) Math.floor(Math.min(limit / step, CELLS) + 1e-9);
        return new Bounds(1 - upTo(early, cell), 1 - upTo(late, cell));
    }

    private static double upTo(double[] mass, int cell) {
        double sum = 0;
        for (int i = 0; i <= cell && i < mass.length; i++) {
            sum += mass[i];
        }
        return Math.min(1, sum);
    }

    /** The value that is kept with a probability; infinite beyond the horizon. */
    public Bounds quantile(double probability) {
        return new Bounds(quantile(early, probability), quantile(late, probability));
    }

    private double quantile(double[] mass, double probability) {
        double sum = 0;
        for (int i = 0; i < mass.length; i++) {
            sum += mass[i];
            if (sum >= probability - 1e-12) {
                return i * step;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
