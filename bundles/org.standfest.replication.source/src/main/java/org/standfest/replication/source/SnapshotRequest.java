package org.standfest.replication.source;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider is asked for: all volumes of one system that it serves, at one instant.
 *
 * <p>Immutable.
 *
 * @param systemId the protected system
 * @param volumes the volumes, all of the asked provider's kind; never empty
 * @param basisToken the token the last {@link Snapshot#settle settled} snapshot of these volumes
 *     was given, that is the id of the last committed recovery point; changes are wanted since
 *     then. Empty: there is no basis
 * @param limit how long freezing and taking may last before the provider gives up and undoes what
 *     it began
 */
public record SnapshotRequest(
        String systemId, List<VolumeSource> volumes, Optional<String> basisToken, Duration limit) {

    /** Checks and copies. */
    public SnapshotRequest {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(basisToken);
        Objects.requireNonNull(limit);
        volumes = List.copyOf(volumes);
        if (volumes.isEmpty()) {
            throw new IllegalArgumentException("no volumes");
        }
    }
}
