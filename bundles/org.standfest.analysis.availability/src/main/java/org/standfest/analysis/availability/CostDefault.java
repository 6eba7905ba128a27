package org.standfest.analysis.availability;

/**
 * What an improvement costs.
 *
 * @param kind what is done
 * @param investEuro paid once, 0 or more
 * @param yearsOfUse over which that is spread, above 0
 * @param euroPerYear what each year costs, 0 or more
 * @param source where the figures come from; empty where nobody can be named
 */
public record CostDefault(
        Improvement.Kind kind,
        double investEuro,
        double yearsOfUse,
        double euroPerYear,
        String source) {

    /** Checks the ranges. */
    public CostDefault {
        boolean finite = investEuro + euroPerYear < Double.POSITIVE_INFINITY;
        if (!(investEuro >= 0) || !(euroPerYear >= 0) || !finite || !(yearsOfUse > 0)) {
            throw new IllegalArgumentException("cost out of range");
        }
    }

    /** The invest over the years of use, plus what each year costs. */
    public double totalPerYear() {
        return investEuro / yearsOfUse + euroPerYear;
    }
}
