package org.standfest.replication.pool;

import java.util.List;

/**
 * The partitions of a disk as its first blocks say.
 *
 * @param scheme {@code gpt}, {@code mbr} or {@code none}
 * @param diskId GUID of a GPT disk, or the 32-bit signature of an MBR disk in hexadecimal digits
 * @param sectorBytes 512 or 4096
 * @param partitions in the order of the table; logical partitions of an MBR are not listed
 */
public record PartitionTable(
        String scheme, String diskId, int sectorBytes, List<Partition> partitions) {

    /** No table that is understood. */
    public static final PartitionTable NONE = new PartitionTable("none", "", 512, List.of());

    /** Copies. */
    public PartitionTable {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param number from 1
     * @param startBytes where it begins on the disk
     * @param sizeBytes how long it is
     * @param type GUID, or two hexadecimal digits for an MBR
     * @param name of a GPT partition, otherwise empty
     * @param bootable the MBR's active flag, or the GPT's legacy boot attribute
     */
    public record Partition(
            int number,
            long startBytes,
            long sizeBytes,
            String type,
            String name,
            boolean bootable) {}
}
