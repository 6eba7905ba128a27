package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.snapshots.FileGroupProvider;
import org.standfest.replication.snapshots.ReflinkProvider;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.conformance.SnapshotConformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
