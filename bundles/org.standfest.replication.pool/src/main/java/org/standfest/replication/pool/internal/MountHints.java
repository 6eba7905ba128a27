package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.MountHint;
import org.standfest.replication.pool.MountHint.Way;
import org.standfest.replication.pool.PartitionTable;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.protocol.VolumeKind;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines with which a person looks into a volume without changing it. */
final class MountHints {

    private MountHints() {}

    static MountHint of(
            String systemId,
            long number,
            PooledVolume volume,
            Optional<Path> path,
            PartitionTable table) {
        if (path.isEmpty()) {
            String line =
                    "standfest pool export %s --point %d --to /var/tmp/%s-%d"
                            .formatted(systemId, number, systemId, number);
            return new MountHint(path, List.of(new Way("standfest", List.of(line), List.of())));
        }
        String at = quoted(path.get().toString());
        if (volume.kind() == VolumeKind.TREE) {
            return new MountHint(
                    path,
                    List.of(
                            new Way(
                                    "mount",
                                    List.of("mount --bind -o ro " + at + " /mnt"),
                                    List.of("umount /mnt"))));
        }
        List<Way> ways = new ArrayList<>();
        ways.add(
                new Way(
                        "guestmount",
                        List.of("guestmount --ro --format=raw -a " + at + " -i /mnt"),
                        List.of("guestunmount /mnt")));
        boolean partitioned = !table.partitions().isEmpty();
        int first = partitioned ? table.partitions().getFirst().number() : 0;
        ways.add(
                new Way(
                        "losetup",
                        List.of(
                                "losetup --read-only --partscan --find --show " + at,
                                "mount -o ro,noload /dev/loop0"
                                        + (partitioned ? "p" + first : "")
                                        + " /mnt"),
                        List.of("umount /mnt", "losetup --detach /dev/loop0")));
        ways.add(
                new Way(
                        "qemu-nbd",
                        List.of(
                                "modprobe nbd",
                                "qemu-nbd --read-only --format=raw --connect=/dev/nbd0 " + at,
                                "mount -o ro,noload /dev/nbd0"
                                        + (partitioned ? "p" + first : "")
                                        + " /mnt"),
                        List.of("umount /mnt", "qemu-nbd --disconnect /dev/nbd0")));
        for (PartitionTable.Partition partition : table.partitions()) {
            ways.add(
                    new Way(
                            "mount",
                            List.of(
                                    "mount -o ro,noload,loop,offset=%d,sizelimit=%d %s /mnt"
                                            .formatted(
                                                    partition.startBytes(),
                                                    partition.sizeBytes(),
                                                    at)),
                            List.of("umount /mnt")));
        }
        return new MountHint(path, ways);
    }

    /** For a shell, when it needs it. */
    private static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
