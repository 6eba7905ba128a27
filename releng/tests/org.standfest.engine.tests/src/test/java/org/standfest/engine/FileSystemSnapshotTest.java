package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.snapshots.BlockDeviceProvider;
import org.standfest.replication.snapshots.BtrfsProvider;
import org.standfest.replication.snapshots.FileGroupProvider;
import org.standfest.replication.snapshots.ReflinkProvider;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.source.conformance.SnapshotConformance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The host's own snapshots on real file systems. */
class FileSystemSnapshotTest {

    @TempDir Path temporary;

    private LoopFileSystem xfs() {
        return LoopFileSystem.mounted(temporary, "xfs", "mkfs.xfs", "-q", "-m", "reflink=1");
    }

    private LoopFileSystem btrfs() {
        return LoopFileSystem.mounted(temporary, "btrfs", "mkfs.btrfs", "-q");
    }

    @Test
    void clonesOfImagesOnXfsConform() throws IOException {
        try (LoopFileSystem xfs = xfs()) {
            assertEquals(
                    List.of(),
                    SnapshotConformance.breaches(
                            CloneFixture.images(ReflinkProvider::new, xfs.folder())));
        }
    }

    @Test
    void clonesOfImagesOnBtrfsConform() throws IOException {
        try (LoopFileSystem btrfs = btrfs()) {
            assertEquals(
                    List.of(),
                    SnapshotConformance.breaches(
                            CloneFixture.images(ReflinkProvider::new, btrfs.folder())));
        }
    }

    @Test
    void subvolumesOfBtrfsConform() throws IOException {
        try (LoopFileSystem btrfs = btrfs()) {
            Path live = btrfs.folder().resolve("live");
            assertEquals(
                    0,
                    LoopFileSystem.run(
                            List.of("btrfs", "-q", "subvolume", "create", live.toString())));
            assertEquals(
                    List.of(),
                    SnapshotConformance.breaches(CloneFixture.tree(BtrfsProvider::new, live)));
        }
    }

    @Test
    void aBlockDeviceIsReadInItsRealSize() throws IOException {
        Path image = Files.write(temporary.resolve("device.img"), new byte[3 << 20]);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek((3 << 20) - 4);
            file.write("tail".getBytes(StandardCharsets.US_ASCII));
        }
        String device = LoopFileSystem.loopDevice(image);
        try {
            VolumeSource volume = new VolumeSource("disk", VolumeKind.DISK, "block", device);
            SnapshotRequest request =
                    new SnapshotRequest(
                            "s", List.of(volume), Optional.empty(), Duration.ofSeconds(9));
            try (Snapshot snapshot = new BlockDeviceProvider().take(request).orThrow()) {
                DiskView view = snapshot.disk("disk");
                assertEquals(3 << 20, view.sizeBytes());
                ByteBuffer tail = ByteBuffer.allocate(16);
                assertEquals(4, view.read((3 << 20) - 4, tail));
                assertEquals("tail", new String(tail.array(), 0, 4, StandardCharsets.US_ASCII));
                assertFalse(snapshot.frozen());
            }
        } finally {
            LoopFileSystem.run(List.of("losetup", "-d", device));
        }
    }

    @Test
    void anOriginalThatDoesNotChangeIsReadInPlaceOfItsClone() throws IOException {
        try (LoopFileSystem xfs = xfs()) {
            CloneFixture fixture = CloneFixture.images(ReflinkProvider::new, xfs.folder());
            fixture.write(fixture.volumes().getFirst(), 0, new byte[] {1, 2, 3});
            // The write must not be of this very moment, or nothing is proven by the times.
            LockSupport.parkNanos(200_000_000);
            try (Snapshot snapshot = take(fixture)) {
                DiskView view = snapshot.disk("data");
                ByteBuffer first = ByteBuffer.allocate(3);
                assertEquals(3, view.read(0, first));
                fixture.write(fixture.volumes().getFirst(), 0, new byte[] {9, 9, 9});
                ByteBuffer again = ByteBuffer.allocate(3);
                assertEquals(3, view.read(0, again));
                assertEquals(first.flip(), again.flip());
            }
        }
    }

    @Test
    void clonesOfFoldersOnXfsConform() throws IOException {
        try (LoopFileSystem xfs = xfs()) {
            assertEquals(
                    List.of(),
                    SnapshotConformance.breaches(
                            CloneFixture.tree(
                                    ReflinkProvider::new, xfs.folder().resolve("files"))));
        }
    }

    @Test
    void aShadowOfAFolderKeepsEverythingAndChangesOnlyWhatChanged() throws IOException {
        try (LoopFileSystem xfs = xfs()) {
            Path live = Files.createDirectory(xfs.folder().resolve("live"));
            Files.writeString(live.resolve("kept"), "kept");
            Files.write(live.resolve("large"), new byte[300_000]);
            Files.createLink(live.resolve("second-name"), live.resolve("kept"));
            Files.createSymbolicLink(live.resolve("link"), Path.of("kept"));
            Files.createDirectory(live.resolve("sub"));
            Files.writeString(live.resolve("sub/mine"), "mine");
            Files.setPosixFilePermissions(
                    live.resolve("sub/mine"), PosixFilePermissions.fromString("rw-r-----"));
            Files.setLastModifiedTime(
                    live.resolve("kept"), FileTime.fromMillis(1_000_000_000_123L));
            CloneFixture fixture = CloneFixture.tree(ReflinkProvider::new, live);
            Map<String, Object> before;
            try (Snapshot first = take(fixture)) {
                Path root = first.tree("files");
                before = Files.readAttributes(root.resolve("kept"), "unix:ino,ctime");
                assertEquals(
                        1_000_000_000_123L,
                        Files.getLastModifiedTime(root.resolve("kept")).toMillis());
                assertEquals(
                        Files.getAttribute(root.resolve("kept"), "unix:ino"),
                        Files.getAttribute(root.resolve("second-name"), "unix:ino"));
                assertEquals(Path.of("kept"), Files.readSymbolicLink(root.resolve("link")));
                assertEquals(
                        "rw-r-----",
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(root.resolve("sub/mine"))));
                first.settle(new Settlement.Committed("one"));
            }
            Files.writeString(live.resolve("sub/mine"), "changed");
            Files.delete(live.resolve("link"));
            try (Snapshot second = take(fixture)) {
                Path root = second.tree("files");
                assertEquals(before, Files.readAttributes(root.resolve("kept"), "unix:ino,ctime"));
                assertEquals("changed", Files.readString(root.resolve("sub/mine")));
                assertFalse(Files.exists(root.resolve("link"), LinkOption.NOFOLLOW_LINKS));
            }
        }
    }

    private static Snapshot take(CloneFixture fixture) {
        return fixture.provider()
                .take(
                        new SnapshotRequest(
                                "s", fixture.volumes(), Optional.empty(), Duration.ofSeconds(20)))
                .orThrow();
    }

    @Test
    void copiedGroupsOfFilesConformOnAnyFileSystem() throws IOException {
        assertEquals(
                List.of(),
                SnapshotConformance.breaches(
                        CloneFixture.tree(FileGroupProvider::new, temporary.resolve("group"))));
    }
}
