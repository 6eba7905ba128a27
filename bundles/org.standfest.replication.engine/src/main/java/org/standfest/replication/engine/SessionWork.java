package org.standfest.replication.engine;

import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sender is to transfer.
 *
 * @param sessionKey names the snapshot; a connection that goes on with the same snapshot has the
 *     same key
 * @param systemId the system
 * @param epoch the epoch the sender knows; 0: never told
 * @param snapshot all volumes at one instant
 * @param volumes the volumes, in the order of the session
 * @param basis what the receiver is believed to have
 * @param machine the machine's description that travels along
 * @param group the consistency group with whose other members the state is to become a recovery
 *     point; empty: alone
 * @param instantMillis the instant of the whole group, milliseconds since 1970; empty: the
 *     snapshot's own
 * @param priority its share in the line, 1 or more
 * @param limit what this session alone may send, beside what the line may
 */
public record SessionWork(
        String sessionKey,
        String systemId,
        long epoch,
        Snapshot snapshot,
        List<VolumeSource> volumes,
        Optional<Basis> basis,
        Map<String, String> machine,
        String group,
        OptionalLong instantMillis,
        int priority,
        LineShares.Limit limit) {

    /** What goes alone, with the usual priority and as much as the line allows. */
    public SessionWork(
            String sessionKey,
            String systemId,
            long epoch,
            Snapshot snapshot,
            List<VolumeSource> volumes,
            Optional<Basis> basis,
            Map<String, String> machine) {
        this(
                sessionKey,
                systemId,
                epoch,
                snapshot,
                volumes,
                basis,
                machine,
                "",
                OptionalLong.empty(),
                1,
                _ -> LineShares.NO_LIMIT);
    }

    /** Checks and copies. */
    public SessionWork {
        Objects.requireNonNull(sessionKey);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(basis);
        volumes = List.copyOf(volumes);
        machine = Map.copyOf(machine);
        Objects.requireNonNull(group);
        Objects.requireNonNull(limit);
    }
}
