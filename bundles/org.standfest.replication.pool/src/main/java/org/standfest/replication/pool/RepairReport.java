package org.standfest.replication.pool;

import org.standfest.results.Finding;

import java.util.List;
import java.util.Objects;

/**
 * What a check of a system's own files found and did.
 *
 * @param systemId the system
 * @param repaired what was wrong and is put right (or would be), each in words
 * @param left what is wrong and could not be put right, each with what it means
 * @param points how many recovery points the system has now
 */
public record RepairReport(
        String systemId, List<Finding> repaired, List<Finding> left, int points) {

    /** Checks and copies. */
    public RepairReport {
        Objects.requireNonNull(systemId);
        repaired = List.copyOf(repaired);
        left = List.copyOf(left);
    }

    /** Whether nothing was wrong. */
    public boolean clean() {
        return repaired.isEmpty() && left.isEmpty();
    }
}
