package org.standfest.replication.pool;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A protected system as the pool knows it at this moment.
 *
 * @param id its id
 * @param name its name for people
 * @param epoch rises with every change of the primary; sessions of another epoch are refused
 * @param newest the newest recovery point, if there is one
 * @param pointCount how many recovery points are kept
 * @param holds who holds the newest point in place
 */
public record PooledSystem(
        String id,
        String name,
        long epoch,
        Optional<RecoveryPoint> newest,
        int pointCount,
        List<Hold> holds) {

    /** Checks and copies. */
    public PooledSystem {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(newest);
        holds = List.copyOf(holds);
    }
}
