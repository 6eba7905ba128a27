package org.standfest.analysis.markov;

import java.util.BitSet;

/**
 * How available a group is in the long run.
 *
 * @param unavailability U, the share of time in which the group does not serve: 0 to 1, never
 *     computed as 1 minus something, so that small values keep their precision
 * @param failureFrequencyPerHour how often per hour it goes from serving to not serving
 * @param meanUpTimeHours from becoming up to the next failure: (1 - U) / frequency
 * @param meanDownTimeHours of one outage: U / frequency
 * @param meanTimeToFirstFailureHours from all components up; {@link Double#NaN} where it is not
 *     asked for, infinite where it cannot fail
 * @param relativeErrorEstimate of the solution, see {@link SteadyState}; 0 is rounding only
 */
public record GroupAvailability(
        double unavailability,
        double failureFrequencyPerHour,
        double meanUpTimeHours,
        double meanDownTimeHours,
        double meanTimeToFirstFailureHours,
        double relativeErrorEstimate) {

    /** Never fails. */
    public static final GroupAvailability PERFECT =
            new GroupAvailability(0, 0, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 0);

    /** 1 - U; for showing only. */
    public double availability() {
        return 1 - unavailability;
    }

    /** Minutes a year (8,760 h) in which the group does not serve. */
    public double downtimeMinutesPerYear() {
        return unavailability * 8_760 * 60;
    }

    /**
     * Solves a chain.
     *
     * @param up the states in which the group serves
     * @param first the state with which the time to the first failure begins
     */
    public static GroupAvailability of(MarkovChain chain, BitSet up, int first, Effort effort) {
        BitSet down = new BitSet(chain.states());
        down.set(0, chain.states());
        down.andNot(up);
        if (down.isEmpty()) {
            return PERFECT;
        }
        SteadyState steady = SteadyState.of(chain, effort);
        double unavailability = steady.of(down);
        double available = steady.of(up);
        double frequency = steady.frequencyPerHour(chain, up, down);
        return new GroupAvailability(
                unavailability,
                frequency,
                available / frequency,
                unavailability / frequency,
                FirstPassage.meanHours(chain, first, down, effort),
                steady.relativeErrorEstimate());
    }

    /** From U and the frequency of failures alone; no time to the first failure. */
    public static GroupAvailability of(double unavailability, double failureFrequencyPerHour) {
        return new GroupAvailability(
                unavailability,
                failureFrequencyPerHour,
                (1 - unavailability) / failureFrequencyPerHour,
                unavailability / failureFrequencyPerHour,
                Double.NaN,
                0);
    }

    /**
     * Two groups that are both needed and know nothing of each other: U = U1 + U2 - U1 U2 written
     * without cancellation, the frequency by the rule of products (Billinton and Allan, Reliability
     * Evaluation of Engineering Systems, 1992, chapter 9).
     */
    public GroupAvailability inSeriesWith(GroupAvailability other) {
        return of(
                unavailability + other.unavailability * (1 - unavailability),
                failureFrequencyPerHour * (1 - other.unavailability)
                        + other.failureFrequencyPerHour * (1 - unavailability));
    }
}
