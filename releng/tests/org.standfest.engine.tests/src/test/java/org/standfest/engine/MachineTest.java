package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.HardwareProfile;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Tag("engine")
class MachineTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final QmpSnapshotProvider PROVIDER =
            new QmpSnapshotProvider(QemuSettings.ofThisHost(), InstantSource.system());

    @TempDir Path folder;

    /** From a disk larger than its partition; other buses are those of {@link SnapshotTest}. */
    @Test
    void aKilledMachineIsGoneItsImageIsFreeAndItsLedgerSurvivesUntilItSwitchesItselfOff()
            throws Exception {
        DiskImage disk = Guest.largerDisk(folder.resolve("disk.raw"));
        Path state = folder.resolve("machine");
        try (Guest guest = Guest.boot(state, DiskBus.VIRTIO, disk)) {
            for (int i = 1; i <= 5; i++) {
                assertTrue(guest.append("entry-" + i));
            }
            assertEquals(MachineState.RUNNING, guest.machine.state());
            assertEquals(Presence.State.THERE, presence(guest.machine));
            assertTrue(Guest.QEMU.use(disk).orThrow().held());
            assertEquals(guest.machine.pid(), Guest.QEMU.find(state).orElseThrow().pid());
            assertTrue(second(disk).problem().orElseThrow().code().equals("qemu.start-locked"));
            Outcome<Machine> twice =
                    Guest.QEMU.start(guest.machine.description(), StartOptions.in(state));
            assertEquals("qemu.runs", twice.problem().orElseThrow().code());

            ProcessHandle.of(guest.machine.pid()).orElseThrow().destroyForcibly();
            assertEquals(Outcome.done(), guest.machine.kill());
            assertEquals(MachineState.GONE, guest.machine.state());
            assertEquals(Presence.State.GONE, presence(guest.machine));
            assertFalse(Guest.QEMU.use(disk).orThrow().held());
            assertTrue(Guest.QEMU.find(state).isEmpty());
        }
        try (Guest again = Guest.boot(state, DiskBus.VIRTIO, disk)) {
            assertEquals(5, again.ledger().size());
            again.switchOff();
        }
    }

    private static Presence.State presence(Machine machine) {
        return PROVIDER.presence(volume(machine)).state();
    }

    private static VolumeSource volume(Machine machine) {
        return new VolumeSource(
                "system", VolumeKind.DISK, "qmp", machine.controlSocket() + "#disk-system");
    }

    /** Another machine on the same disk, reachable elsewhere. */
    private Outcome<Machine> second(DiskImage disk) throws IOException {
        var description =
                Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk).withId("second");
        return Guest.QEMU.start(description, StartOptions.in(folder.resolve("second")));
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        try (var socket =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var description = Guest.description(DiskBus.VIRTIO, socket.getLocalPort(), disk);
            Outcome<Machine> started =
                    Guest.QEMU.start(description, StartOptions.in(folder.resolve("machine")));
            assertEquals("qemu.start-port", started.problem().orElseThrow().code());
            assertTrue(
                    started.problem()
                            .orElseThrow()
                            .arguments()
                            .getLast()
                            .contains("" + socket.getLocalPort()));
        }
    }

    @Test
    void anOverlayLeavesItsBaseUntouchedAndCanBeReadAfterTheGuestIsOff() throws Exception {
        DiskImage base = Guest.disk(folder.resolve("base.raw"));
        String before = sha256(base.file());
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("overlay.qcow2")).orThrow();
        assertEquals(
                "qemu.overlay-exists",
                Guest.QEMU.overlay(base, overlay.file()).problem().orElseThrow().code());
        // A long path: the control sockets must lie elsewhere.
        Path state = folder.resolve("a-folder-with-a-long-name".repeat(4)).resolve("machine");
        try (Guest guest = Guest.rehearse(state, overlay)) {
            assertTrue(guest.append("in-the-overlay"));
            assertEquals(
                    Outcome.done(),
                    guest.machine.shutDown(LIMIT, AfterShutdown.KEEP_DISKS_READABLE));
            assertEquals(MachineState.POWERED_OFF, guest.machine.state());
            assertTrue(Guest.QEMU.use(overlay).orThrow().held());
            assertEquals(Outcome.done(), guest.machine.kill());
        }
        assertEquals(before, sha256(base.file()));
    }

    /** An empty disk does not boot, but it is UEFI that says so, and it keeps what it remembers. */
    @Test
    void aMachineWithUefiIsStartedByIt() throws Exception {
        DiskImage disk = DiskImage.raw(folder.resolve("empty.raw"));
        Files.write(disk.file(), new byte[1 << 20]);
        MachineDescription bios = Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk);
        MachineDescription description =
                HardwareProfile.fit(bios, Map.of("firmware", "UEFI")).orThrow();
        Path state = folder.resolve("machine");
        Machine machine = Guest.QEMU.start(description, StartOptions.in(state)).orThrow();
        try {
            awaitText(machine.serialLog(), "BdsDxe");
            assertTrue(Files.exists(state.resolve("uefi-variables.fd")));
        } finally {
            assertEquals(Outcome.done(), machine.kill());
        }
    }

    /** What UEFI remembered at home is read from a machine that runs, and begins another one. */
    @Test
    void whatUefiRemembersTravelsToAnotherMachine() throws Exception {
        DiskImage disk = DiskImage.raw(folder.resolve("empty.raw"));
        Files.write(disk.file(), new byte[1 << 20]);
        MachineDescription description =
                HardwareProfile.fit(
                                Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk),
                                Map.of("firmware", "UEFI"))
                        .orThrow();
        byte[] memory;
        Machine first =
                Guest.QEMU.start(description, StartOptions.in(folder.resolve("a"))).orThrow();
        try {
            awaitText(first.serialLog(), "BdsDxe");
            memory = firmwareMemory(first);
        } finally {
            assertEquals(Outcome.done(), first.kill());
        }
        // In the spare area at the end of the flash, which the firmware leaves alone.
        byte[] mark = "from home".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, memory, memory.length - mark.length, mark.length);
        Path state = Files.createDirectory(folder.resolve("b"));
        Files.write(FirmwareMemory.fromHome(state), memory);
        Machine second = Guest.QEMU.start(description, StartOptions.in(state)).orThrow();
        try {
            awaitText(second.serialLog(), "BdsDxe");
        } finally {
            assertEquals(Outcome.done(), second.kill());
        }
        byte[] here = Files.readAllBytes(state.resolve("uefi-variables.fd"));
        assertArrayEquals(mark, Arrays.copyOfRange(here, here.length - mark.length, here.length));
        assertArrayEquals(memory, Files.readAllBytes(FirmwareMemory.fromHome(state)));
    }

    private static byte[] firmwareMemory(Machine machine) throws Exception {
        SnapshotRequest request =
                new SnapshotRequest("s", List.of(volume(machine)), Optional.empty(), LIMIT);
        try (Snapshot snapshot = PROVIDER.take(request).orThrow()) {
            return snapshot.attachments().get(FirmwareMemory.ATTACHMENT);
        }
    }

    private static void awaitText(Path log, String text) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!Files.exists(log) || !Files.readString(log).contains(text)) {
            assertTrue(System.nanoTime() < until, "waited in vain for " + text);
            Thread.sleep(100);
        }
    }

    @Test
    void aStoppedProcessIsUnknownAndNotGone() throws Exception {
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        Machine machine =
                Guest.QEMU
                        .start(
                                Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk),
                                StartOptions.in(folder.resolve("m")))
                        .orThrow();
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(machine.pid())).start().waitFor();
            assertEquals(MachineState.UNKNOWN, machine.state());
        } finally {
            assertEquals(Outcome.done(), machine.kill());
        }
    }

    static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
