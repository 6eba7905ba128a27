package org.standfest.trust;

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

    /** An agent took a new system under its protection. */
    record SystemAdded(String agentId, String systemId) implements TrustEvent {}
}
