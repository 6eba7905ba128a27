package org.standfest.replication.engine;

import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
 */
public record SessionWork(
        String sessionKey,
        String systemId,
        long epoch,
        Snapshot snapshot,
        List<VolumeSource> volumes,
        Optional<Basis> basis,
        Map<String, String> machine) {

    /** Checks and copies. */
    public SessionWork {
        Objects.requireNonNull(sessionKey);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(basis);
        volumes = List.copyOf(volumes);
        machine = Map.copyOf(machine);
    }
}
