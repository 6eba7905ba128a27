package org.standfest.replication.pool;

/**
 * What an operator decides about a pool.
 *
 * @param reserveBytes free space that is never used: a session is refused before it falls below; 0
 *     or more
 */
public record PoolSettings(long reserveBytes) {

    /** A reserve of 256 MiB. */
    public static final PoolSettings DEFAULT = new PoolSettings(256L << 20);

    /** Checks the range. */
    public PoolSettings {
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("negative reserve");
        }
    }
}
