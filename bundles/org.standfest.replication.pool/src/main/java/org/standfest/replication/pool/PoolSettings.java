package org.standfest.replication.pool;

/**
 * What an operator decides about a pool.
 *
 * @param reserveBytes free space that is never used: a session is refused before it falls below; 0
 *     or more
 * @param reservePercent the same as a part of the file system, 0 to 90; the larger of both counts
 * @param form how older points of disks are kept
 */
public record PoolSettings(long reserveBytes, int reservePercent, OlderDisks form) {

    /** A reserve of 256 MiB and 2 percent. */
    public static final PoolSettings DEFAULT =
            new PoolSettings(256L << 20, 2, OlderDisks.WHERE_POSSIBLE);

    /** Checks the range. */
    public PoolSettings {
        if (reserveBytes < 0 || reservePercent < 0 || reservePercent > 90) {
            throw new IllegalArgumentException("reserve out of range");
        }
    }

    /** With a reserve in bytes only. */
    public PoolSettings(long reserveBytes) {
        this(reserveBytes, 0, OlderDisks.WHERE_POSSIBLE);
    }

    /** How older points of disks are kept. */
    public enum OlderDisks {
        /** As clones where the file system can, otherwise as reverse deltas. */
        WHERE_POSSIBLE,
        /** Always as reverse deltas. */
        DELTAS
    }
}
