package org.standfest.replication.pool;

import org.standfest.results.Finding;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a scrub of a system is, and what it found.
 *
 * @param systemId the system
 * @param startedAt when the round began
 * @param endedAt when it was through; empty while it is not
 * @param checkedBytes read and compared in this round
 * @param totalBytes about what the round has to read
 * @param repairedBlocks damaged blocks that were put right from another place in the pool
 * @param wantedBlocks damaged blocks that only the agent can bring again
 * @param lostBlocks damaged blocks of older points that nobody has
 * @param findings what was found in this call, at most 1 000
 */
public record ScrubReport(
        String systemId,
        Instant startedAt,
        Optional<Instant> endedAt,
        long checkedBytes,
        long totalBytes,
        long repairedBlocks,
        long wantedBlocks,
        long lostBlocks,
        List<Finding> findings) {

    /** Checks and copies. */
    public ScrubReport {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(endedAt);
        findings = List.copyOf(findings);
    }

    /** Whether the round is through. */
    public boolean complete() {
        return endedAt.isPresent();
    }
}
