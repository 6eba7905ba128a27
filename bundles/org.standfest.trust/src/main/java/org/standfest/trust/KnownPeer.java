package org.standfest.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * An identity the authority has issued.
 *
 * @param id its id, as in its certificate
 * @param label whom it was issued for
 * @param grant what it may do
 * @param serial serial number of its valid certificate, hexadecimal
 * @param enrolledAt when it enrolled
 * @param validUntil when its certificate ends
 * @param revokedAt when it was revoked, if it was
 */
public record KnownPeer(
        String id,
        String label,
        Grant grant,
        String serial,
        Instant enrolledAt,
        Instant validUntil,
        Optional<Instant> revokedAt) {}
