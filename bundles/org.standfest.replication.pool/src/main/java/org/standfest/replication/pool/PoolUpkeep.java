package org.standfest.replication.pool;

import org.standfest.results.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what is in the pool right: reads it again bit by bit, finds what rotted, repairs it. Safe
 * for any thread. Got from {@link ImagePool#upkeep}.
 */
public interface PoolUpkeep {

    /**
     * Re-reads a system's points from where the last scrub stopped and compares every byte with
     * what was committed. Damaged content is repaired from another place that has the same content;
     * what nobody in the pool has is remembered as wanted ({@link #wanted}), so that the next
     * session of the agent brings it. Commits go on meanwhile. A cancelled scrub is Done with
     * {@code complete} false and goes on there next time, also after a crash.
     *
     * @param pace is told of every piece that was read, and may wait
     */
    Outcome<ScrubReport> scrub(String systemId, ScrubPace pace, Progress progress);

    /** What is known of the scrubs of a system: the running or last round. */
    Outcome<Optional<ScrubReport>> lastScrub(String systemId);

    /** Damaged blocks of the newest point that the agent should bring again; at most 65 536. */
    Outcome<List<WantedBlock>> wanted(String systemId);

    /**
     * Re-reads every point of every system (without repair).
     *
     * @return a report for each system that could be read, by id
     */
    Outcome<List<VerifyReport>> verifyAll(Progress progress);

    /**
     * Checks everything the pool wrote about a system beside the contents, and puts right what is
     * wrong, without ever giving up a committed point that can be restored: damaged sheets from
     * their copies, manifests from the content or from neighbouring points, leftovers of crashes.
     * Also for a system that could not be opened, which is opened afterwards.
     *
     * @param mend false: only says what would be done
     */
    Outcome<RepairReport> repair(String systemId, boolean mend, Progress progress);
}
