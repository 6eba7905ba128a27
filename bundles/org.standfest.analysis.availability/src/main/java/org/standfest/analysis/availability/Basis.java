package org.standfest.analysis.availability;

/**
 * How a unit's figures follow from two data, so that they can be drawn again. Immutable.
 *
 * @param mtbf index of the datum
 * @param mttr index of the datum
 * @param mtbfHours mean time between failures, above 0
 * @param mttrHours mean time to repair, above 0
 * @param how the figures follow
 */
public record Basis(int mtbf, int mttr, double mtbfHours, double mttrHours, How how) {

    /** A unit's unavailability, availability and failures per hour from its two times. */
    @FunctionalInterface
    public interface How {
        /** Three numbers from two times in hours. */
        double[] numbers(double mtbfHours, double mttrHours);
    }

    /** The figures as they stand. */
    public double[] numbers() {
        return how.numbers(mtbfHours, mttrHours);
    }

    /**
     * The figures when the data are wrong by factors.
     *
     * @param factors by index of the datum
     */
    public double[] numbers(double[] factors) {
        return how.numbers(mtbfHours * factors[mtbf], mttrHours * factors[mttr]);
    }
}
