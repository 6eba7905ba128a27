package org.standfest.management;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a person must know about a system or the pool.
 *
 * @param id stable id
 * @param kind what it is about
 * @param finding severity, element and the three sentences
 * @param raisedAt when it was raised
 * @param seenAt when it was last seen to hold
 * @param settledAt when it was acknowledged, or went away by itself; empty while it holds
 * @param settledBy who acknowledged it; {@code standby} if it went away by itself
 * @param settledWhy the reason that this person gave
 */
public record Alarm(
        String id,
        Kind kind,
        FindingInfo finding,
        Instant raisedAt,
        Instant seenAt,
        Optional<Instant> settledAt,
        Optional<String> settledBy,
        Optional<String> settledWhy) {

    /** Checks that nothing is missing. */
    public Alarm {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(finding);
        Objects.requireNonNull(raisedAt);
        Objects.requireNonNull(seenAt);
        Objects.requireNonNull(settledAt);
        Objects.requireNonNull(settledBy);
        Objects.requireNonNull(settledWhy);
    }

    /** What an alarm is about. */
    public enum Kind {
        /** More changed than usual and it does not compress: perhaps somebody encrypts. */
        CHANGES(true),
        /** Unusual changes that are worth a look; nothing is stopped. */
        ODD_CHANGES(false),
        /** The newest point is older than the objective allows. */
        RPO_MISSED(false),
        /** The pool will be full. */
        SPACE(false),
        /** A system will be beyond its quota. */
        QUOTA(false),
        /** Re-reading found damage. */
        DAMAGE(true),
        /** Source and pool differ. */
        DIFFERENT(true);

        private final boolean needsPerson;

        Kind(boolean needsPerson) {
            this.needsPerson = needsPerson;
        }

        /** Whether it holds until a person acknowledges it. */
        public boolean needsPerson() {
            return needsPerson;
        }
    }
}
