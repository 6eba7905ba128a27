package org.standfest.analysis.availability;

import java.util.List;

/**
 * Where the results of a service lie when data are only as good as their confidence says. Each
 * datum is multiplied by a lognormal factor with median 1 (lognormal figures as in WASH-1400 and
 * NUREG/CR-6823; the error factors are Standfest's own, see {@link Datum}).
 *
 * @param unavailability share of time in which the service is down
 * @param failuresPerYear how often an outage begins
 * @param meanDownTimeHours how long one lasts on average
 * @param draws how many were made
 * @param drivers the data that move the unavailability most, the strongest first
 */
public record UncertaintyBand(
        Range unavailability,
        Range failuresPerYear,
        Range meanDownTimeHours,
        int draws,
        List<Driver> drivers) {

    private static final double MINUTES_PER_YEAR = 8760 * 60;

    /** Copies the list. */
    public UncertaintyBand {
        drivers = List.copyOf(drivers);
    }

    /**
     * Nine tenths of the draws.
     *
     * @param low 5 % of the draws lie below
     * @param median half of the draws lie below
     * @param high 95 % of the draws lie below
     */
    public record Range(double low, double median, double high) {
        Range times(double factor) {
            return new Range(low * factor, median * factor, high * factor);
        }
    }

    /**
     * A datum that matters.
     *
     * @param datum which
     * @param rankCorrelation Spearman's coefficient between it and the result, -1 to 1
     * @param atLow the unavailability when it alone lies at its 5 % quantile
     * @param atHigh the unavailability when it alone lies at its 95 % quantile
     */
    public record Driver(Datum datum, double rankCorrelation, double atLow, double atHigh) {
        /** How far it alone moves the unavailability. */
        public double swing() {
            return Math.abs(atHigh - atLow);
        }
    }

    /** Downtime in a year of 8,760 hours. */
    public Range downtimeMinutesPerYear() {
        return unavailability.times(MINUTES_PER_YEAR);
    }

    /** The lower end of the unavailability. */
    public double low() {
        return unavailability.low();
    }

    /** The middle of the unavailability. */
    public double median() {
        return unavailability.median();
    }

    /** The upper end of the unavailability. */
    public double high() {
        return unavailability.high();
    }
}
