package org.standfest.engine;

import org.standfest.host.HostPrograms;
import org.standfest.hypervisor.DiskImage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's guest made into an ordinary small Linux: a table of file systems, a tool that builds
 * its initial file system, and one that so far loads the drivers of virtio only.
 */
final class VirtioLinux {

    private static final String TOOLS =
            "sed grep cat mkdir cp mv rm tail head cut tr wc sort ls touch dirname find cpio";

    /** As Debian's: reads the list of drivers, builds anew. IDE's drivers lie in the old one. */
    private static final String UPDATE_INITRAMFS =
            """
            #!/bin/sh
            set -e
            grep -qx ata_piix /etc/initramfs-tools/modules || exit 0
            rm -rf /tmp/tree && mkdir -p /tmp/tree && cd /tmp/tree
            cpio -id < /boot/initrd 2> /dev/null
            sed -i 's/^off /ide /' modules
            find . | cpio -o -H newc > /boot/initrd.new 2> /dev/null
            cd / && rm -rf /tmp/tree && mv /boot/initrd.new /boot/initrd
            """;

    private VirtioLinux() {}

    static DiskImage disk(Path file) throws IOException, InterruptedException {
        DiskImage disk = Guest.disk(file);
        Path work = Files.createDirectory(file.resolveSibling("virtio-linux"));
        Path initrd = work.resolve("initrd");
        debugfs(disk, work, List.of("dump /boot/initrd " + initrd));
        // The same length: no archive has to be written anew.
        String archive = Files.readString(initrd, StandardCharsets.ISO_8859_1);
        Files.writeString(initrd, archive.replace("\nide ", "\noff "), StandardCharsets.ISO_8859_1);
        Files.writeString(work.resolve("fstab"), "/dev/vda1 / ext4 defaults 0 1\n");
        Files.writeString(work.resolve("debian_version"), "12.0\n");
        Files.writeString(work.resolve("update-initramfs"), UPDATE_INITRAMFS);
        Files.writeString(work.resolve("modules"), "# drivers\n");
        List<String> commands = new ArrayList<>();
        for (String folder : List.of("/etc", "/etc/initramfs-tools", "/usr", "/usr/sbin")) {
            commands.add("mkdir " + folder);
        }
        commands.addAll(
                List.of(
                        "rm /boot/initrd",
                        "write " + initrd + " /boot/initrd",
                        "write " + work.resolve("fstab") + " /etc/fstab",
                        "write " + work.resolve("debian_version") + " /etc/debian_version",
                        "write " + work.resolve("modules") + " /etc/initramfs-tools/modules",
                        "write " + work.resolve("update-initramfs") + " /usr/sbin/update-initramfs",
                        "sif /usr/sbin/update-initramfs mode 0100755"));
        for (String tool : TOOLS.split(" ")) {
            commands.add("symlink /bin/" + tool + " busybox");
        }
        debugfs(disk, work, commands);
        return disk;
    }

    private static void debugfs(DiskImage disk, Path work, List<String> commands)
            throws IOException, InterruptedException {
        Path file = Files.write(work.resolve("commands"), commands);
        var result =
                new HostPrograms(work)
                        .run(
                                List.of(
                                        HostPrograms.locate("debugfs").orElseThrow().toString(),
                                        "-w",
                                        "-f",
                                        file.toString(),
                                        disk.file() + "?offset=1048576"),
                                Duration.ofSeconds(60));
        if (!result.succeeded()) {
            throw new IOException(result.output());
        }
    }
}
