package org.standfest.management;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a system goes home to.
 *
 * @param systemId the system
 * @param agentId the agent on the repaired or new machine, enrolled at this standby; empty = one of
 *     the spare pool that is free and connected
 * @param disks one entry for every volume that differs on the new machine; volumes without an entry
 *     keep size and bus
 * @param target kind of landing place at that agent, for example {@code qemu}; empty = the one the
 *     agent offers
 * @param options settings of the landing place that are passed on unread (folder, forwards); at
 *     most 64 of at most 1024 characters
 * @param window when the second phase may begin; empty = as soon as the first one is done
 * @param rehearse whether to start the newest image isolated on the new machine's hardware, as far
 *     as {@code disks} and {@code options} describe it, before anything is written there
 */
public record ReturnOrder(
        String systemId,
        String agentId,
        List<TargetDisk> disks,
        String target,
        Map<String, String> options,
        Optional<ReturnWindow> window,
        boolean rehearse) {

    /** At once and without a rehearsal. */
    public ReturnOrder(
            String systemId,
            String agentId,
            List<TargetDisk> disks,
            String target,
            Map<String, String> options) {
        this(systemId, agentId, disks, target, options, Optional.empty(), false);
    }

    /** The same to another agent. */
    public ReturnOrder to(String agent) {
        return new ReturnOrder(systemId, agent, disks, target, options, window, rehearse);
    }

    /** Checks that nothing is missing. */
    public ReturnOrder {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(agentId);
        disks = List.copyOf(disks);
        if (disks.size() > 64) {
            throw new IllegalArgumentException("more than 64 disks");
        }
        Objects.requireNonNull(target);
        options = Map.copyOf(options);
        if (options.size() > 64
                || options.values().stream().anyMatch(value -> value.length() > 1024)) {
            throw new IllegalArgumentException("options");
        }
        Objects.requireNonNull(window);
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
