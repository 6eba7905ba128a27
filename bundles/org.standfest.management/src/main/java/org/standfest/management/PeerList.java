package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everybody who has a certificate of a standby.
 *
 * @param peers agents and operators, by id
 */
public record PeerList(List<Peer> peers) {

    /** Copies. */
    public PeerList {
        peers = List.copyOf(peers);
    }

    /**
     * Somebody with a certificate.
     *
     * @param id the name in the certificate
     * @param label whom it was made for
     * @param operator whether it is an operator and no agent
     * @param role what an operator may do; empty for an agent
     * @param systems the systems of an agent
     * @param connected whether it is connected now
     * @param lastSeenAt when it was last heard of since the standby started
     * @param enrolledAt when it enrolled
     * @param validUntil when its certificate ends
     * @param revokedAt when it was revoked; empty if it was not
     */
    public record Peer(
            String id,
            String label,
            boolean operator,
            Optional<Role> role,
            List<String> systems,
            boolean connected,
            Optional<Instant> lastSeenAt,
            Instant enrolledAt,
            Instant validUntil,
            Optional<Instant> revokedAt) {

        /** Checks that nothing is missing. */
        public Peer {
            Objects.requireNonNull(id);
            Objects.requireNonNull(label);
            Objects.requireNonNull(role);
            systems = List.copyOf(systems);
            Objects.requireNonNull(lastSeenAt);
            Objects.requireNonNull(enrolledAt);
            Objects.requireNonNull(validUntil);
            Objects.requireNonNull(revokedAt);
        }
    }
}
