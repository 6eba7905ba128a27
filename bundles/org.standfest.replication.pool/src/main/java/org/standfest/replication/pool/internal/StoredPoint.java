package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.RecoveryPoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recovery point as its sheet has it: what everybody sees, and what only the pool itself writes,
 * so that no agent can say it. Immutable.
 *
 * @param extras the pool's own words about the point, without their prefix
 */
record StoredPoint(RecoveryPoint point, Map<String, String> extras) {

    /** By the clock. */
    static final String LOCKED_UNTIL = "lockedUntil";

    /** In trusted time. */
    static final String LOCKED_UNTIL_TRUSTED = "lockedUntilTrusted";

    /** Trusted time of the commit. */
    static final String TRUSTED_AT = "trustedAt";

    /** Before the name of a file that travels with the point. */
    static final String ATTACHMENT = "attachment.";

    /** Before the name of a volume. */
    static final String PARTITIONS = "partitions.";

    StoredPoint {
        extras = Map.copyOf(extras);
    }

    long number() {
        return point.number();
    }

    /** An instant among the extras; Damage when it is none. */
    Optional<Instant> instant(String key) throws Damage {
        String text = extras.get(key);
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException wrong) {
            throw new Damage("recovery point with a wrong time", wrong);
        }
    }

    /** The extras whose key begins so, without that beginning. */
    Map<String, String> below(String prefix) {
        Map<String, String> found = new HashMap<>();
        extras.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        found.put(key.substring(prefix.length()), value);
                    }
                });
        return found;
    }

    StoredPoint with(RecoveryPoint other) {
        return new StoredPoint(other, extras);
    }
}
