package org.standfest.replication.pool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All volumes of a system at one instant, as committed.
 *
 * @param number 1 for a system's first point, then one more each
 * @param id unique in the world; the basis token of later sessions
 * @param sessionKey the key of the session that brought it: an agent that never heard the answer
 *     finds its commit by it
 * @param takenAt the instant that the volumes show
 * @param committedAt when the pool had it safely
 * @param epoch the system's epoch at that time
 * @param volumes its volumes, by name
 * @param description small properties that travel with the point, such as the machine's description
 * @param receivedBytes content received for this point, without what the pool knew already
 * @param changedBytes content that differs from the point before
 */
public record RecoveryPoint(
        long number,
        String id,
        String sessionKey,
        Instant takenAt,
        Instant committedAt,
        long epoch,
        List<PooledVolume> volumes,
        Map<String, String> description,
        long receivedBytes,
        long changedBytes) {

    /** Checks and copies. */
    public RecoveryPoint {
        Objects.requireNonNull(id);
        Objects.requireNonNull(sessionKey);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(committedAt);
        volumes = List.copyOf(volumes);
        description = Map.copyOf(description);
    }

    /** The volume of a name. */
    public Optional<PooledVolume> volume(String name) {
        return volumes.stream().filter(volume -> volume.name().equals(name)).findFirst();
    }
}
