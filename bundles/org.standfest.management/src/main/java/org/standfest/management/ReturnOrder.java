package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * Where a system goes home to.
 *
 * @param systemId the system
 * @param agentId the agent on the repaired or new machine, enrolled at this standby
 * @param disks one entry for every volume that differs on the new machine; volumes without an entry
 *     keep size and bus
 */
public record ReturnOrder(String systemId, String agentId, List<TargetDisk> disks) {

    /** Checks that nothing is missing. */
    public ReturnOrder {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(agentId);
        disks = List.copyOf(disks);
        if (disks.size() > 64) {
            throw new IllegalArgumentException("more than 64 disks");
        }
    }

    /**
     * A disk of the new machine.
     *
     * @param volume name of the volume that it takes
     * @param sizeBytes its size in bytes; 0 = as the volume
     * @param bus {@code virtio}, {@code scsi}, {@code ide}; empty = as the volume
     */
    public record TargetDisk(String volume, long sizeBytes, String bus) {

        /** Checks that nothing is missing. */
        public TargetDisk {
            Objects.requireNonNull(volume);
            Objects.requireNonNull(bus);
            if (sizeBytes < 0) {
                throw new IllegalArgumentException("sizeBytes");
            }
        }
    }
}
