package org.standfest.analysis.markov.groups;

import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.results.Outcome;

/**
 * Components that share something: a repair crew, a standby, a failover. Times are mean values in
 * hours, of exponential distributions unless a kind says otherwise; implementations are immutable.
 */
public interface RepairableGroup {

    /**
     * How available the group is in the long run.
     *
     * @return refused with the reason when the data make no sense (a negative time, more units
     *     needed than there are, a probability above 1)
     */
    Outcome<GroupAvailability> solve(Effort effort);

    /** With the standard effort. */
    default Outcome<GroupAvailability> solve() {
        return solve(Effort.STANDARD);
    }
}
