package org.standfest.replication.pool;

import java.time.Instant;
import java.util.Objects;

/**
 * A promise that the newest point of a system does not change, because a machine runs over it.
 *
 * @param holder who holds it, the key for the release; 1 to 64 characters of {@code [A-Za-z0-9._-]}
 * @param reason why, for people; at most 500 characters
 * @param since since when
 */
public record Hold(String holder, String reason, Instant since) {

    /** Checks that nothing is missing. */
    public Hold {
        Objects.requireNonNull(holder);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(since);
    }
}
