package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * How a volume of a point can be looked into on the standby's machine, without Standfest.
 *
 * @param systemId the system
 * @param number the point
 * @param volume the volume
 * @param path where it lies in its native form; empty when it has to be exported first
 * @param tree whether it is a file tree and no disk
 * @param partitions the partitions of a disk
 * @param ways how to do it, the best first
 */
public record MountHint(
        String systemId,
        long number,
        String volume,
        String path,
        boolean tree,
        List<Partition> partitions,
        List<Way> ways) {

    /** Checks that nothing is missing. */
    public MountHint {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(volume);
        Objects.requireNonNull(path);
        partitions = List.copyOf(partitions);
        ways = List.copyOf(ways);
    }

    /**
     * One way.
     *
     * @param tool the program it needs
     * @param mount lines to type in order; {@code /mnt} stands for the mount point
     * @param unmount lines that undo them
     */
    public record Way(String tool, List<String> mount, List<String> unmount) {

        /** Checks that nothing is missing. */
        public Way {
            Objects.requireNonNull(tool);
            mount = List.copyOf(mount);
            unmount = List.copyOf(unmount);
        }
    }

    /**
     * One partition of a disk.
     *
     * @param number its number in the table
     * @param offsetBytes where it begins
     * @param sizeBytes how long it is
     * @param type its type as the table writes it: two hexadecimal digits (MBR) or a GUID (GPT)
     */
    public record Partition(int number, long offsetBytes, long sizeBytes, String type) {

        /** Checks that nothing is missing. */
        public Partition {
            Objects.requireNonNull(type);
        }
    }
}
