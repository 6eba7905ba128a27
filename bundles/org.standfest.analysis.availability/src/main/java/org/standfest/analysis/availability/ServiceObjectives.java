package org.standfest.analysis.availability;

import org.standfest.analysis.distributions.Distribution;

import java.util.List;
import java.util.Optional;

/**
 * How long the outages of a service last (RTA) and how much work is lost (RPA), and how that
 * compares with what was promised.
 *
 * @param serviceId the service
 * @param serviceName its name
 * @param outagesPerYear mean number in a year of 8,760 hours
 * @param outageHours how long one lasts: a mixture over the minimal cut sets; absent when it never
 *     fails
 * @param covered share of the outages that the listed cut sets stand for, 0 to 1
 * @param outage quantiles of the duration in seconds
 * @param dataLoss quantiles of the age of the data in seconds when a copy has to be used; absent
 *     where there is no copy
 * @param noCopy names of systems without any copy that a protection knows
 * @param unboundedLoss whether the line is too slow, so that the loss grows without limit
 * @param objectives each stated objective and how often it is missed
 */
public record ServiceObjectives(
        String serviceId,
        String serviceName,
        double outagesPerYear,
        Optional<Distribution> outageHours,
        double covered,
        Quantiles outage,
        Optional<Quantiles> dataLoss,
        List<String> noCopy,
        boolean unboundedLoss,
        List<Objective> objectives) {

    /** Copies. */
    public ServiceObjectives {
        noCopy = List.copyOf(noCopy);
        objectives = List.copyOf(objectives);
    }

    /**
     * A distribution in a few numbers, in seconds.
     *
     * @param mean its mean
     * @param median half of the cases are below
     * @param ninety nine of ten are below
     * @param ninetyFive nineteen of twenty are below
     * @param ninetyNine ninety-nine of a hundred are below
     */
    public record Quantiles(
            double mean, double median, double ninety, double ninetyFive, double ninetyNine) {}

    /** What is promised. */
    public enum Kind {
        /** How soon it works again (WAZ). */
        RTO,
        /** How much work may be lost. */
        RPO,
        /** How long it may be down at most (MTA). */
        MTPD
    }

    /**
     * One promise.
     *
     * @param kind which
     * @param limitSeconds what is promised
     * @param missed probability to miss it, for each outage (RPO: each time a copy is used); the
     *     upper end
     * @param missedAtLeast the lower end of the same: equal unless the calculation gives bounds
     * @param missesPerYear expected number of misses; not a number for RPO without demand figures
     */
    public record Objective(
            Kind kind,
            double limitSeconds,
            double missed,
            double missedAtLeast,
            double missesPerYear) {}
}
