package org.standfest.trust;

import java.time.Instant;

/** What the authority tells its owner, for the journal. */
public sealed interface TrustEvent {

    /** A code was handed out. */
    record Invited(String label, Grant grant) implements TrustEvent {}

    /** Somebody enrolled with a code. */
    record Enrolled(KnownPeer peer, String remoteAddress) implements TrustEvent {}

    /** Somebody tried a code that is not valid. */
    record WrongCode(String remoteAddress, boolean locked) implements TrustEvent {}

    /** An identity was revoked. */
    record Revoked(String id, String reason) implements TrustEvent {}

    /**
     * A new certificate was used for the first time; the one before is refused from now on.
     *
     * @param validUntil when the new one ends
     */
    record Renewed(String id, Instant validUntil) implements TrustEvent {}

    /** An agent took a new system under its protection. */
    record SystemAdded(String agentId, String systemId) implements TrustEvent {}
}
