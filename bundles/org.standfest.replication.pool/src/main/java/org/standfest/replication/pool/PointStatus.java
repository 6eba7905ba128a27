package org.standfest.replication.pool;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A recovery point with what protects it and what it occupies.
 *
 * @param point the point as committed
 * @param form how it is kept
 * @param exclusiveBytes what only this point has: about what its removal would give back
 * @param sharedBytes what it has together with other points of its system
 * @param pins who keeps it
 * @param lockedUntil until when it cannot be removed, by the clock; empty when it is not locked
 * @param suspicion why it does not count as good; empty when nothing is held against it
 * @param damagedBlocks how many of its blocks are known to be damaged
 * @param lastGood whether it is the newest point that is neither suspect nor damaged
 */
public record PointStatus(
        RecoveryPoint point,
        Form form,
        long exclusiveBytes,
        long sharedBytes,
        List<Hold> pins,
        Optional<Instant> lockedUntil,
        Optional<String> suspicion,
        int damagedBlocks,
        boolean lastGood) {

    /** Checks and copies. */
    public PointStatus {
        Objects.requireNonNull(point);
        Objects.requireNonNull(form);
        Objects.requireNonNull(lockedUntil);
        Objects.requireNonNull(suspicion);
        pins = List.copyOf(pins);
    }

    /** How a point is kept. */
    public enum Form {
        /** The newest point, in its native form. */
        NATIVE,
        /** An older point as a native image that shares storage with the others. */
        CLONE,
        /** An older point as what differs from the next newer one. */
        DELTA
    }

    /** What the point occupies, in bytes: its own and what it shares. */
    public long storedBytes() {
        return exclusiveBytes + sharedBytes;
    }
}
