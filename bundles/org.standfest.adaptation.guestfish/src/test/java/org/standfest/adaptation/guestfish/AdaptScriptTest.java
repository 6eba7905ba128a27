package org.standfest.adaptation.guestfish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner.Result;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The script that runs inside the image, on trees that look like one. */
class AdaptScriptTest {

    private static final String NONE = "-";

    @TempDir Path folder;
    private Path root;
    private Path script;

    @BeforeEach
    void aSmallDebian() throws IOException {
        script = folder.resolve("adapt.sh");
        try (InputStream stream = GuestfishAdapter.class.getResourceAsStream("adapt.sh")) {
            Files.write(script, stream.readAllBytes());
        }
        root = Files.createDirectory(folder.resolve("a root"));
        program(
                folder.resolve("bin/blkid"),
                "case $1 in /dev/sda1) echo '/dev/sda1: LABEL=\"x\" UUID=\"1-a\" TYPE=\"ext4\"';;"
                        + " /dev/sdb2) echo '/dev/sdb2: UUID=\"2-b\"';; *) exit 2;; esac");
        program(
                root.resolve("usr/sbin/update-initramfs"),
                "echo \"$@\" >> \"$(dirname \"$0\")/ran\"");
        write("etc/initramfs-tools/modules", "# mine\nloop\n");
        write(
                "etc/fstab",
                "# / was on /dev/vda1\n/dev/vda1 / ext4 defaults 0 1\n/dev/vdb2 /srv xfs\n");
        write("etc/network/interfaces", "auto lo\niface lo inet loopback\niface ens3 inet dhcp\n");
        Files.createDirectories(root.resolve("etc/systemd"));
    }

    @Test
    void disksAreNamedByWhatTheirFileSystemsAre() throws Exception {
        Result result = adapt("ata_piix,sd_mod", "BIOS");
        assertEquals(0, result.exitCode(), result.output());
        assertEquals(
                "# / was on /dev/vda1\nUUID=1-a / ext4 defaults 0 1\nUUID=2-b /srv xfs\n",
                read("etc/fstab"));
        assertTrue(result.output().contains("changed /etc/fstab: /dev/vda1 is UUID=1-a"));
    }

    @Test
    void aDiskWithoutIdentityIsLeftAndSaid() throws Exception {
        write("etc/fstab", "/dev/vdc1 /old ext2\n");
        assertTrue(adapt("sd_mod", "BIOS").output().contains("kept /dev/vdc1 in /etc/fstab"));
        assertEquals("/dev/vdc1 /old ext2\n", read("etc/fstab"));
    }

    @Test
    void lettersOfSeveralBusesNameNoDiskSoNoneIsTakenForAnother() throws Exception {
        String disks = "/dev/vda1 / ext4\n/dev/sda1 /srv xfs\n";
        write("etc/fstab", disks);
        String said = adapt("sd_mod", "BIOS").output();
        assertTrue(said.contains("kept /dev/sda1 in /etc/fstab"), said);
        assertTrue(said.contains("kept /dev/vda1 in /etc/fstab"), said);
        assertEquals(disks, read("etc/fstab"));
    }

    @Test
    void driversAreAddedOnceByTheSystemsOwnTool() throws Exception {
        adapt("ata_piix,sd_mod,e1000", "BIOS");
        String modules = read("etc/initramfs-tools/modules");
        assertTrue(modules.startsWith("# mine\nloop\n"), modules);
        assertTrue(modules.endsWith("\nata_piix\nsd_mod\ne1000\n"), modules);
        Result again = adapt("ata_piix,sd_mod,e1000", "BIOS");
        assertEquals("", again.output());
        assertEquals(modules, read("etc/initramfs-tools/modules"));
        assertEquals("-u -k all\n", read("usr/sbin/ran"));
        assertEquals("MODULES=most\n", read("etc/initramfs-tools/conf.d/standfest"));
    }

    @Test
    void dracutIsKnownToo() throws Exception {
        Files.delete(root.resolve("usr/sbin/update-initramfs"));
        program(root.resolve("usr/bin/dracut"), "echo \"$@\" >> \"$(dirname \"$0\")/ran\"");
        assertEquals(0, adapt("virtio_blk", "BIOS").exitCode());
        assertEquals("--force --regenerate-all\n", read("usr/bin/ran"));
        assertTrue(
                read("etc/dracut.conf.d/standfest.conf").contains("add_drivers+=\" virtio_blk \""));
    }

    @Test
    void whoCannotBuildTheInitialFileSystemSaysSo() throws Exception {
        Files.delete(root.resolve("usr/sbin/update-initramfs"));
        Result result = adapt("virtio_blk", "BIOS");
        assertEquals(4, result.exitCode());
        assertTrue(result.output().contains("cannot build the initial file system"));
        program(root.resolve("usr/sbin/update-initramfs"), "echo no space left; exit 1");
        assertTrue(adapt("virtio_blk", "BIOS").output().contains("no space left"));
    }

    @Test
    void theCardKeepsItsNameAndMayGetAnAddress() throws Exception {
        write("etc/udev/rules.d/70-persistent-net.rules", "old");
        Result result = adapt("virtio_net", "BIOS", "192.0.2.10/24", "192.0.2.1");
        assertEquals(0, result.exitCode(), result.output());
        assertTrue(read("etc/systemd/network/10-standfest.link").endsWith("Name=ens3\n"));
        assertFalse(Files.exists(root.resolve("etc/udev/rules.d/70-persistent-net.rules")));
        String interfaces = read("etc/network/interfaces");
        assertTrue(
                interfaces.endsWith(
                        "iface ens3 inet static\n    address 192.0.2.10/24\n"
                                + "    gateway 192.0.2.1\n"),
                interfaces);
        assertTrue(read("etc/network/interfaces.standfest").contains("ens3 inet dhcp"));
        assertEquals("", adapt("virtio_net", "BIOS", "192.0.2.10/24", "192.0.2.1").output());
    }

    @Test
    void anAddressThatNobodyCanSetIsNoSuccess() throws Exception {
        write("etc/network/interfaces", "iface eth0 inet dhcp\niface eth1 inet dhcp\n");
        Result result = adapt("virtio_net", "BIOS", "192.0.2.10/24", NONE);
        assertEquals(4, result.exitCode());
        assertTrue(result.output().contains("cannot give the address 192.0.2.10/24"));
    }

    @Test
    void pain14ABootLoaderIsPutWhereAFirmwareThatRemembersNothingLooks() throws Exception {
        write("boot/efi/EFI/debian/shimx64.efi", "shim");
        write("boot/efi/EFI/debian/grubx64.efi", "grub");
        Result result = adapt("virtio_blk", "UEFI");
        assertEquals(0, result.exitCode(), result.output());
        assertEquals("shim", read("boot/efi/EFI/BOOT/BOOTX64.EFI"));
        assertEquals("grub", read("boot/efi/EFI/BOOT/grubx64.efi"));
        write("boot/efi/EFI/BOOT/BOOTX64.EFI", "its own");
        adapt("virtio_blk", "UEFI");
        assertEquals("its own", read("boot/efi/EFI/BOOT/BOOTX64.EFI"), "what is there stays");
    }

    @Test
    void pain14AFirmwareThatTheImageHasNoLoaderForIsSaidBeforeAnythingStarts() throws Exception {
        Result uefi = adapt("virtio_blk", "UEFI");
        assertEquals(4, uefi.exitCode());
        assertTrue(uefi.output().contains("cannot start by UEFI"));
        write("boot/efi/EFI/debian/grubx64.efi", "grub");
        Result bios = adapt("virtio_blk", "BIOS");
        assertEquals(4, bios.exitCode());
        assertTrue(bios.output().contains("cannot start by BIOS"));
        write("boot/grub/i386-pc/core.img", "core");
        assertEquals(0, adapt("virtio_blk", "BIOS").exitCode());
    }

    private Result adapt(String drivers, String firmware) throws Exception {
        return adapt(drivers, firmware, NONE, NONE);
    }

    private Result adapt(String drivers, String firmware, String address, String gateway)
            throws Exception {
        String path = folder.resolve("bin") + ":" + System.getenv("PATH");
        return new HostPrograms()
                .run(
                        List.of(
                                "/bin/sh",
                                script.toString(),
                                root.toString(),
                                drivers,
                                firmware,
                                address,
                                gateway),
                        Map.of("PATH", path),
                        Duration.ofSeconds(20));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
