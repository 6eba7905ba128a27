package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

@Tag("engine")
class SnapshotTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final QmpSnapshotProvider provider =
            new QmpSnapshotProvider(QemuSettings.ofThisHost(), InstantSource.system());

    /**
     * Somebody who writes into the ledger all the time and remembers what was acknowledged when.
     */
    private static final class Writer implements AutoCloseable {

        private record Entry(String text, Instant sentAt, Instant acknowledgedAt) {}

        private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        Writer(Guest guest, String prefix) {
            thread =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 1; !stop.get(); i++) {
                                            String text = prefix + i;
                                            Instant sentAt = Instant.now();
                                            if (guest.append(text)) {
                                                entries.add(new Entry(text, sentAt, Instant.now()));
                                            }
                                        }
                                    });
        }

        List<String> acknowledgedBefore(Instant instant) {
            return List.copyOf(entries).stream()
                    .filter(entry -> entry.acknowledgedAt().isBefore(instant))
                    .map(Entry::text)
                    .toList();
        }

        List<String> sentAfter(Instant instant) {
            return List.copyOf(entries).stream()
                    .filter(entry -> entry.sentAt().isAfter(instant))
                    .map(Entry::text)
                    .toList();
        }

        void await(int count) throws InterruptedException {
            while (entries.size() < count) {
                Thread.sleep(20);
            }
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            thread.join();
        }
    }

    private Snapshot take(Guest guest, Optional<String> basis, String... disks) {
        List<VolumeSource> volumes = new ArrayList<>();
        for (String disk : disks) {
            String address = guest.machine.controlSocket() + "#disk-" + disk;
            volumes.add(new VolumeSource(disk, VolumeKind.DISK, "qmp", address));
        }
        return provider.take(new SnapshotRequest("ledger", volumes, basis, LIMIT)).orThrow();
    }

    private static List<ByteRange> tracked(Snapshot snapshot, String disk) {
        Changes changes = snapshot.disk(disk).changes();
        if (changes instanceof Changes.Unknown(var reason)) {
            throw new AssertionError(reason);
        }
        return ((Changes.Tracked) changes).ranges();
    }

    /**
     * Brings a copy up to date by the tracked ranges alone and checks it against all of the disk.
     */
    private void assertTrackedChangesAreAllChanges(Snapshot snapshot, String disk, Path copy)
            throws Exception {
        List<ByteRange> ranges = tracked(snapshot, disk);
        for (ByteRange range : ranges) {
            assertEquals(0, range.position() % 65536);
        }
        Copies.copy(snapshot.disk(disk), ranges, copy);
        Path whole = folder.resolve("whole");
        Files.deleteIfExists(whole);
        Copies.copy(snapshot.disk(disk), snapshot.disk(disk).allocated(), whole);
        assertEquals(-1, Files.mismatch(whole, copy));
        assertTrue(Copies.bytes(ranges) < 16 << 20);
    }

    @Test
    void showsAllDisksAtOneInstantUnderLoadAndTracksExactlyWhatChanged() throws Exception {
        DiskImage system = Guest.disk(folder.resolve("system.raw"));
        Path data = folder.resolve("data.raw");
        try (FileChannel channel =
                FileChannel.open(data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), (16 << 20) - 1);
        }
        Path systemCopy = folder.resolve("system.copy");
        Path dataCopy = folder.resolve("data.copy");
        try (Guest guest =
                        Guest.boot(
                                folder.resolve("m"), DiskBus.VIRTIO, system, DiskImage.raw(data));
                Writer writer = new Writer(guest, "w")) {
            writer.await(10);
            try (Snapshot first = take(guest, Optional.empty(), "system", "data1")) {
                assertEquals("ledger", first.machine().get("machine.id"));
                assertInstanceOf(Changes.Unknown.class, first.disk("system").changes());
                int seen = writer.entries.size();
                writer.await(seen + 10);
                Copies.copy(first.disk("system"), first.disk("system").allocated(), systemCopy);
                Copies.copy(first.disk("data1"), first.disk("data1").allocated(), dataCopy);
                assertConsistent(writer, first.takenAt(), systemCopy, dataCopy);
                first.settle(new Settlement.Committed("t1"));
            }
            writer.await(writer.entries.size() + 10);
            try (Snapshot second = take(guest, Optional.of("t1"), "system", "data1")) {
                int seen = writer.entries.size();
                writer.await(seen + 10);
                assertTrackedChangesAreAllChanges(second, "system", systemCopy);
                assertTrackedChangesAreAllChanges(second, "data1", dataCopy);
                assertConsistent(writer, second.takenAt(), systemCopy, dataCopy);
                second.settle(new Settlement.Committed("t2"));
            }
            try (Snapshot abandoned = take(guest, Optional.of("t2"), "system", "data1")) {
                writer.await(writer.entries.size() + 5);
                abandoned.settle(new Settlement.Abandoned());
            }
            writer.await(writer.entries.size() + 5);
            // An agent that is killed settles and closes nothing.
            Snapshot crashed = take(guest, Optional.of("t2"), "system", "data1");
            assertFalse(tracked(crashed, "system").isEmpty());
            writer.await(writer.entries.size() + 5);
            try (Snapshot third = take(guest, Optional.of("t2"), "system", "data1")) {
                assertTrackedChangesAreAllChanges(third, "system", systemCopy);
                assertTrackedChangesAreAllChanges(third, "data1", dataCopy);
                assertConsistent(writer, third.takenAt(), systemCopy, dataCopy);
                third.settle(new Settlement.Committed("t3"));
            }
            writer.close();
            guest.machine.shutDown(LIMIT, AfterShutdown.KEEP_DISKS_READABLE).orThrow();
            try (Snapshot last = take(guest, Optional.of("t3"), "system", "data1")) {
                assertTrackedChangesAreAllChanges(last, "system", systemCopy);
                Copies.copy(last.disk("data1"), tracked(last, "data1"), dataCopy);
                assertConsistent(writer, last.takenAt(), systemCopy, dataCopy);
                assertEquals(-1, Files.mismatch(systemCopy, system.file()));
            }
            crashed.close();
            assertEquals(List.of(), temporaryFiles());
        }
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (var all = Files.list(QemuSettings.ofThisHost().memory())) {
            return all.filter(it -> it.getFileName().toString().startsWith("snapshot-")).toList();
        }
    }

    private static void assertConsistent(Writer writer, Instant takenAt, Path system, Path data)
            throws Exception {
        List<String> ledger =
                Copies.ledger(system).stream()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList();
        for (String text : writer.acknowledgedBefore(takenAt)) {
            assertTrue(ledger.contains(text), text);
        }
        // The transaction ends a moment after the instant was noted.
        for (String text : writer.sentAfter(takenAt.plusSeconds(1))) {
            assertFalse(ledger.contains(text), text);
        }
        int behind = ledger.size() - Copies.mirrored(data);
        assertTrue(behind == 0 || behind == 1, "the disks are " + behind + " entries apart");
    }

    @ParameterizedTest
    @EnumSource(names = {"IDE", "SCSI"})
    void readsAnOverlayOfALargerDiskOnAnotherBusUntilTheGuestSwitchesItselfOff(DiskBus bus)
            throws Exception {
        DiskImage base = Guest.largerDisk(folder.resolve("base.raw"));
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("overlay.qcow2")).orThrow();
        VolumeSource volume;
        try (Guest guest = Guest.boot(folder.resolve("m"), bus, overlay)) {
            volume =
                    new VolumeSource(
                            "system",
                            VolumeKind.DISK,
                            "qmp",
                            guest.machine.controlSocket() + "#disk-system");
            assertEquals(Presence.State.THERE, provider.presence(volume).state());
            Path copy = folder.resolve("copy");
            assertTrue(guest.append("one"));
            try (Snapshot first = take(guest, Optional.of("unknown"), "system")) {
                Changes.Unknown lost =
                        assertInstanceOf(Changes.Unknown.class, first.disk("system").changes());
                assertEquals("qemu.bitmap-lost", lost.reason().code());
                Copies.copy(first.disk("system"), first.disk("system").allocated(), copy);
                first.settle(new Settlement.Committed("t1"));
            }
            assertTrue(guest.append("two%20words"));
            try (Snapshot second = take(guest, Optional.of("t1"), "system")) {
                assertTrackedChangesAreAllChanges(second, "system", copy);
                assertEquals(List.of("1 one", "2 two words"), Copies.ledger(copy));
            }
            assertEquals(List.of("1 one", "2 two words"), guest.ledger());
            guest.switchOff();
        }
        assertEquals(Presence.State.GONE, provider.presence(volume).state());
        var request = new SnapshotRequest("ledger", List.of(volume), Optional.empty(), LIMIT);
        assertEquals("qemu.gone", provider.take(request).problem().orElseThrow().code());
    }
}
