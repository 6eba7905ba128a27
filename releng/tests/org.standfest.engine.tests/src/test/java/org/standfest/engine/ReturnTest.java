package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.qemu.QemuReturnTarget;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Tag("engine")
class ReturnTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final QmpSnapshotProvider provider =
            new QmpSnapshotProvider(QemuSettings.ofThisHost(), InstantSource.system());
    private final QemuReturnTarget target = new QemuReturnTarget(Guest.QEMU);

    @Test
    void aMachineMovesInTwoPhasesOntoALargerDiskOnAnotherBusAtTheSameAddress() throws Exception {
        DiskImage base = Guest.disk(folder.resolve("base.raw"));
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("overlay.qcow2")).orThrow();
        try (Guest guest = Guest.boot(folder.resolve("emergency"), DiskBus.VIRTIO, overlay)) {
            assertTrue(guest.append("before"));
            ReturnRequest request = request(guest, Files.size(base.file()));
            try (ReturnSite site = target.prepare(request).orThrow()) {
                assertEquals(384L << 20, site.disk("system").sizeBytes());
                bulk(guest, site);
                assertTrue(guest.append("during"));
                guest.machine.shutDown(LIMIT, AfterShutdown.KEEP_DISKS_READABLE).orThrow();
                finalIncrement(guest, site);
                // The old process still holds its disks; its port is free.
                ReturnSite.Started started = site.start().orThrow();
                assertEquals("IDE", started.machine().get("machine.disk.system.bus"));
                assertEquals(started, site.start().orThrow());
                guest.machine.kill().orThrow();
                awaitAnswer(guest);
                assertEquals(List.of("1 before", "2 during"), guest.ledger());
                assertTrue(guest.append("after"));
                assertEquals("qemu.return-running", site.discard().problem().orElseThrow().code());
                Machine home = Guest.QEMU.find(folder.resolve("home/machine")).orElseThrow();
                assertEquals(
                        "qemu.return-running",
                        target.prepare(request).problem().orElseThrow().code());
                assertTrue(site.stop().isDone());
                assertEquals(Optional.empty(), Guest.QEMU.find(folder.resolve("home/machine")));
                awaitEnd(home.pid());
                assertTrue(site.discard().isDone());
                assertTrue(Files.notExists(folder.resolve("home")));
            }
        }
    }

    private ReturnRequest request(Guest guest, long size) {
        return new ReturnRequest(
                "ledger",
                "return-1",
                "qemu",
                MachineProperties.write(guest.machine.description()),
                Map.of(
                        "folder", folder.resolve("home").toString(),
                        "bus", "ide",
                        "sizeBytes", Long.toString(384L << 20)),
                List.of(new ReturnRequest.Volume("system", VolumeKind.DISK, size)));
    }

    private void bulk(Guest guest, ReturnSite site) throws IOException {
        try (Snapshot snapshot = take(guest, Optional.empty())) {
            transfer(
                    snapshot.disk("system"),
                    snapshot.disk("system").allocated(),
                    site.disk("system"));
            snapshot.settle(new Snapshot.Settlement.Committed("bulk"));
        }
    }

    private void finalIncrement(Guest guest, ReturnSite site) throws IOException {
        try (Snapshot snapshot = take(guest, Optional.of("bulk"))) {
            DiskView view = snapshot.disk("system");
            List<ByteRange> ranges = ((Changes.Tracked) view.changes()).ranges();
            assertTrue(Copies.bytes(ranges) < 4 << 20, "bytes " + Copies.bytes(ranges));
            transfer(view, ranges, site.disk("system"));
        }
    }

    private static void transfer(DiskView from, List<ByteRange> ranges, ReturnDisk to)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (ByteRange range : ranges) {
            for (long at = range.position(); at < range.end(); at += buffer.capacity()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), range.end() - at));
                from.read(at, buffer);
                to.write(at, buffer.flip());
            }
        }
        to.flush();
        assertThrows(IOException.class, () -> to.write(to.sizeBytes() - 1, ByteBuffer.allocate(2)));
    }

    private Snapshot take(Guest guest, Optional<String> basis) {
        String address = guest.machine.controlSocket() + "#disk-system";
        VolumeSource volume = new VolumeSource("system", VolumeKind.DISK, "qmp", address);
        return provider.take(new SnapshotRequest("ledger", List.of(volume), basis, LIMIT))
                .orThrow();
    }

    /** A process that was killed is there until its parent has taken note of its end. */
    private static void awaitEnd(long pid) throws InterruptedException {
        for (int i = 0; i < 100 && ProcessHandle.of(pid).isPresent(); i++) {
            Thread.sleep(100);
        }
        assertEquals(Optional.empty(), ProcessHandle.of(pid));
    }

    private static void awaitAnswer(Guest guest) throws InterruptedException {
        for (int i = 0; i < 1800 && guest.get("/health", 300).isEmpty(); i++) {
            Thread.sleep(100);
        }
    }

    @Test
    void refusesWhatDoesNotFitBeforeAnythingIsTouched() throws Exception {
        DiskImage base = Guest.disk(folder.resolve("base.raw"));
        var description = Guest.description(DiskBus.VIRTIO, 8080, base);
        Map<String, String> machine = MachineProperties.write(description);
        Path home = folder.resolve("home");
        var disk = List.of(new ReturnRequest.Volume("system", VolumeKind.DISK, 1000));
        var tree = List.of(new ReturnRequest.Volume("system", VolumeKind.TREE, 0));
        assertRefused("qemu.return-option", machine, Map.of(), disk);
        assertRefused("qemu.return-option", machine, Map.of("folder", "relative"), disk);
        assertRefused("qemu.return-tree", machine, Map.of("folder", home.toString()), tree);
        assertRefused(
                "qemu.return-size",
                machine,
                Map.of("folder", home.toString(), "sizeBytes", "999"),
                disk);
        assertRefused(
                "qemu.return-option",
                machine,
                Map.of("folder", home.toString(), "bus", "floppy"),
                disk);
        assertRefused(
                "qemu.return-option",
                machine,
                Map.of("folder", home.toString(), "id", "../x"),
                disk);
        assertRefused("machine.version", Map.of(), Map.of("folder", home.toString()), disk);
        assertTrue(Files.notExists(home));
        Files.createDirectory(home);
        Files.writeString(home.resolve("somebody"), "else");
        assertRefused("qemu.return-occupied", machine, Map.of("folder", home.toString()), disk);
    }

    private void assertRefused(
            String code,
            Map<String, String> machine,
            Map<String, String> options,
            List<ReturnRequest.Volume> volumes) {
        var answer = target.prepare(new ReturnRequest("s", "r", "qemu", machine, options, volumes));
        assertEquals(code, answer.problem().orElseThrow().code());
    }

    @Test
    void zeroingKeepsHolesAndClearsContent() throws Exception {
        DiskImage base = Guest.disk(folder.resolve("base.raw"));
        Map<String, String> machine =
                MachineProperties.write(Guest.description(DiskBus.VIRTIO, 8080, base));
        var disk = List.of(new ReturnRequest.Volume("system", VolumeKind.DISK, 64 << 20));
        var options = Map.of("folder", folder.resolve("home").toString());
        try (ReturnSite site =
                target.prepare(new ReturnRequest("s", "r", "qemu", machine, options, disk))
                        .orThrow()) {
            ReturnDisk written = site.disk("system");
            written.write(70_000, ByteBuffer.wrap("content".getBytes()));
            written.zero(0, written.sizeBytes());
            ByteBuffer back = ByteBuffer.allocate(7);
            written.read(70_000, back);
            assertEquals(0, back.flip().get(3));
        }
        try (FileChannel channel = FileChannel.open(folder.resolve("home/system.img"))) {
            assertEquals(64 << 20, channel.size());
        }
    }
}
