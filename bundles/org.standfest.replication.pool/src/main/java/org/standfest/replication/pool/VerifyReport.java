package org.standfest.replication.pool;

import org.standfest.results.Finding;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What re-reading a system found.
 *
 * @param systemId the system
 * @param verifiedAt when it ended
 * @param points how many recovery points were checked
 * @param checkedBytes how many bytes were read and compared
 * @param findings what is wrong, at most 1,000; empty: every byte is as it was committed
 */
public record VerifyReport(
        String systemId,
        Instant verifiedAt,
        int points,
        long checkedBytes,
        List<Finding> findings) {

    /** Checks and copies. */
    public VerifyReport {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(verifiedAt);
        findings = List.copyOf(findings);
    }

    /** Whether every byte is as it was committed. */
    public boolean intact() {
        return findings.isEmpty();
    }
}
