package org.standfest.replication.pool;

import org.standfest.replication.protocol.VolumeKind;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a session wants to bring into the pool. Names are checked by {@link ImagePool#begin}, which
 * refuses.
 *
 * @param systemId a system the pool knows
 * @param sessionKey chosen by the agent for one snapshot; the same key after a break resumes; 1 to
 *     128 characters
 * @param epoch the epoch the agent believes in
 * @param takenAt the instant of the snapshot
 * @param basis the id of the point the changes start from; empty only when the system has no point
 *     yet
 * @param volumes all volumes of the system, 1 to 64
 * @param description properties that travel with the point; together at most 64 KiB
 */
public record PointRequest(
        String systemId,
        String sessionKey,
        long epoch,
        Instant takenAt,
        Optional<String> basis,
        List<Volume> volumes,
        Map<String, String> description) {

    /** Checks that nothing is missing and copies. */
    public PointRequest {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(sessionKey);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(basis);
        volumes = List.copyOf(volumes);
        description = Map.copyOf(description);
    }

    /**
     * One volume.
     *
     * @param name 1 to 64 characters of {@code [a-z0-9_-]}, beginning with a letter or digit
     * @param kind disk or tree; a volume never changes its kind
     * @param sizeBytes size of a disk at the instant of the snapshot, 0 for a tree
     */
    public record Volume(String name, VolumeKind kind, long sizeBytes) {

        /** Checks that nothing is missing. */
        public Volume {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
        }
    }
}
