package org.standfest.management;

import java.util.Objects;
import java.util.Optional;

/**
 * Whether the journal is as it was written.
 *
 * @param entries how many entries were followed
 * @param lastHash the hash of the last one: compare it with an older note of it to see entries cut
 *     off
 * @param broken where and how the chain is broken; empty if it is whole
 */
public record JournalProof(long entries, String lastHash, Optional<Reason> broken) {
    /** Checks that nothing is missing. */
    public JournalProof {
        Objects.requireNonNull(lastHash);
        Objects.requireNonNull(broken);
    }
}
