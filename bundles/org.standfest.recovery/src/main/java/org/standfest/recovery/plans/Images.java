package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.Objects;

/** The image pool, as plans see it. Safe for any thread; may block. */
public interface Images {

    /** The newest recovery point; refused if there is none. */
    Outcome<Newest> newest(String systemId);

    /** Keeps the newest point as it is until the release. Repeatable with the same holder. */
    Outcome<Void> hold(String systemId, String holder, String reason);

    /** Ends a hold. Repeatable. */
    Outcome<Void> release(String systemId, String holder);

    /** The epoch of a system. */
    Outcome<Long> epoch(String systemId);

    /** Raises the epoch by one, for good: whoever has an older one is locked out. */
    Outcome<Long> raiseEpoch(String systemId);

    /**
     * A recovery point.
     *
     * @param id its id
     * @param takenAt the instant whose state it holds
     */
    record Newest(String id, Instant takenAt) {
        /** Checks that nothing is missing. */
        public Newest {
            Objects.requireNonNull(id);
            Objects.requireNonNull(takenAt);
        }
    }
}
