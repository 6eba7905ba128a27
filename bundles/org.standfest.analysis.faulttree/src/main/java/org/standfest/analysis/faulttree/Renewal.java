package org.standfest.analysis.faulttree;

/**
 * How a repairable system behaves in the long run.
 *
 * @param unavailability share of time in which it is down
 * @param availability share of time in which it is up
 * @param failuresPerHour how often it goes down, per hour of calendar time
 * @param initiators in the order of {@link StructureFunction#events}: the share of the system's
 *     failures that begin with the failure of this one (Barlow and Proschan 1975)
 */
public record Renewal(
        double unavailability, double availability, double failuresPerHour, double[] initiators) {

    /** Copies. */
    public Renewal {
        initiators = initiators.clone();
    }

    /** A copy of the shares. */
    @Override
    public double[] initiators() {
        return initiators.clone();
    }

    /** Mean time from one failure to the next, in hours; infinite when it never fails. */
    public double meanTimeBetweenFailuresHours() {
        return 1 / failuresPerHour;
    }

    /** Mean duration of being up, in hours. */
    public double meanUpTimeHours() {
        return availability / failuresPerHour;
    }

    /** Mean duration of being down, in hours; not a number when it never fails. */
    public double meanDownTimeHours() {
        return unavailability / failuresPerHour;
    }
}
