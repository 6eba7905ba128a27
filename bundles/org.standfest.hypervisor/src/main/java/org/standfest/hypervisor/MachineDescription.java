package org.standfest.hypervisor;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a machine is made of, independent of the hypervisor. It travels with an image, see {@link
 * MachineProperties}.
 *
 * @param id unique on a host; lower case letters, digits, dot, underscore, hyphen; at most 64
 *     characters
 * @param name for people, at most 120 characters
 * @param cpus number of virtual processors, 1 to 256
 * @param memoryMiB 16 to 4194304
 * @param disks 1 to 16, the first one boots
 * @param nics 0 to 8
 * @param firmware what starts the boot loader
 */
public record MachineDescription(
        String id,
        String name,
        int cpus,
        int memoryMiB,
        List<MachineDisk> disks,
        List<MachineNic> nics,
        Firmware firmware) {

    /** Checks the ranges and that disk names are unique. Throws IllegalArgumentException. */
    public MachineDescription {
        Names.require(Names.MACHINE, id, "machine id");
        Names.require(Names.TITLE, name, "machine name");
        Names.requireRange(cpus, 1, 256, "number of processors");
        Names.requireRange(memoryMiB, 16, 4_194_304, "memory in MiB");
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        Names.requireRange(disks.size(), 1, 16, "number of disks");
        Names.requireRange(nics.size(), 0, 8, "number of network cards");
        Objects.requireNonNull(firmware);
        Set<String> seen = new HashSet<>();
        for (MachineDisk disk : disks) {
            if (!seen.add(disk.name())) {
                throw new IllegalArgumentException("two disks named " + disk.name());
            }
        }
    }

    /** The same machine under another id. */
    public MachineDescription withId(String other) {
        return new MachineDescription(other, name, cpus, memoryMiB, disks, nics, firmware);
    }

    /** The same machine with its disks changed one by one. */
    public MachineDescription withDisks(UnaryOperator<MachineDisk> change) {
        List<MachineDisk> others = disks.stream().map(change).toList();
        return new MachineDescription(id, name, cpus, memoryMiB, others, nics, firmware);
    }

    /**
     * The same machine with the bytes of the named disks elsewhere; disks that are not named stay.
     */
    public MachineDescription withImages(Map<String, DiskImage> images) {
        return withDisks(disk -> disk.withImage(images.getOrDefault(disk.name(), disk.image())));
    }

    /** The same machine with its network cards changed one by one. */
    public MachineDescription withNics(UnaryOperator<MachineNic> change) {
        List<MachineNic> others = nics.stream().map(change).toList();
        return new MachineDescription(id, name, cpus, memoryMiB, disks, others, firmware);
    }
}
