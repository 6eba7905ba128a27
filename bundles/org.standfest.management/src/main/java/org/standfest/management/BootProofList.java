package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * The isolated starts of a system that are kept, newest first.
 *
 * @param systemId the system
 * @param proofs at most 50
 */
public record BootProofList(String systemId, List<BootProof> proofs) {
    /** Copies. */
    public BootProofList {
        Objects.requireNonNull(systemId);
        proofs = List.copyOf(proofs);
    }
}
