package org.standfest.replication.source;

import org.standfest.replication.protocol.VolumeKind;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What returns, and how the new place is to look.
 *
 * @param systemId the system
 * @param returnId names this return; the same after a crash and a retry; at most 64 characters of
 *     {@code [A-Za-z0-9-]}
 * @param target the {@link ReturnTarget#kind()}
 * @param machine the machine as it was described in its recovery point
 * @param options the target's settings (folder, disk bus, size, addresses): what differs on the new
 *     hardware
 * @param volumes what will be written
 */
public record ReturnRequest(
        String systemId,
        String returnId,
        String target,
        Map<String, String> machine,
        Map<String, String> options,
        List<Volume> volumes) {

    /** Checks and copies. */
    public ReturnRequest {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(returnId);
        Objects.requireNonNull(target);
        machine = Map.copyOf(machine);
        options = Map.copyOf(options);
        volumes = List.copyOf(volumes);
    }

    /**
     * A volume that will be written.
     *
     * @param name its name in the system
     * @param kind disk or tree
     * @param sizeBytes at least this size is needed; 0 for trees
     */
    public record Volume(String name, VolumeKind kind, long sizeBytes) {}
}
