package org.standfest.replication.pool.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Both ways to reach a tree keep the same promises. */
final class TreeFilesTest {

    @TempDir Path directory;

    static Stream<PoolFiles> ways() {
        return Stream.of(new LocalPoolFiles(), LocalPoolFiles.withoutNativeCalls());
    }

    private Path inside() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside/deep"));
        Files.writeString(outside.resolve("secret"), "secret");
        Path inside = Files.createDirectory(directory.resolve("tree"));
        Files.createSymbolicLink(inside.resolve("link"), Path.of("../outside"));
        Files.createSymbolicLink(inside.resolve("file"), Path.of("../outside/deep/secret"));
        Files.createDirectory(inside.resolve("own"));
        return inside;
    }

    private static TreeEntry symlink(String path) {
        return new TreeEntry(
                TreePath.of(path),
                EntryKind.SYMLINK,
                0777,
                0,
                0,
                0,
                0,
                RawBytes.of("target"),
                0,
                0,
                List.of(),
                List.of(),
                HashList.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void nothingLeadsOverASymbolicLink(PoolFiles files) throws IOException {
        try (TreeFiles tree = files.tree(inside())) {
            for (String path : List.of("link/deep/secret", "link/new", "link/deep", "file/x")) {
                TreePath there = TreePath.of(path);
                assertEquals(Optional.empty(), tree.status(there));
                assertThrows(IOException.class, () -> tree.open(there, PoolFiles.Mode.READ));
                assertThrows(IOException.class, () -> tree.open(there, PoolFiles.Mode.REPLACE));
                assertThrows(IOException.class, () -> tree.createDirectory(there));
                assertThrows(IOException.class, () -> tree.createSpecial(there, symlink(path)));
                assertThrows(IOException.class, () -> tree.list(there));
                assertThrows(IOException.class, () -> tree.attributes(there));
                assertThrows(IOException.class, () -> tree.link(TreePath.of("own"), tree, there));
                assertThrows(IOException.class, () -> tree.rename(TreePath.of("own"), tree, there));
                tree.delete(there);
            }
            assertThrows(
                    IOException.class, () -> tree.open(TreePath.of("file"), PoolFiles.Mode.READ));
            assertThrows(
                    IOException.class,
                    () -> tree.open(TreePath.of("file"), PoolFiles.Mode.REPLACE));
            assertThrows(IOException.class, () -> tree.list(TreePath.of("link")));
            assertEquals(
                    Optional.of(EntryKind.SYMLINK),
                    tree.status(TreePath.of("link")).orElseThrow().kind());
            tree.setAttributes(TreePath.of("file"), symlink("file"));
        }
        assertEquals("secret", Files.readString(directory.resolve("outside/deep/secret")));
        assertThrows(IOException.class, () -> files.tree(directory.resolve("tree/link")));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void writesReadsLinksMovesAndDeletes(PoolFiles files) throws IOException {
        try (TreeFiles tree = files.tree(inside());
                TreeFiles own = files.tree(directory.resolve("tree/own"))) {
            TreePath file = TreePath.of("own/a");
            byte[] content = new byte[200_000];
            content[199_999] = 5;
            try (PoolFile out = tree.open(file, PoolFiles.Mode.REPLACE)) {
                out.setSize(300_000);
                out.write(ByteBuffer.wrap(content), 1_000);
                out.punch(0, 65_536);
                assertEquals(300_000, out.sizeBytes());
            }
            try (PoolFile in = own.open(TreePath.of("a"), PoolFiles.Mode.READ)) {
                ByteBuffer all = ByteBuffer.allocateDirect(400_000);
                assertEquals(300_000, in.read(all, 0));
                assertEquals(5, all.get(200_999));
                ByteBuffer heap = ByteBuffer.allocate(10);
                assertEquals(10, in.read(heap, 200_990));
                assertEquals(5, heap.get(9));
            }
            tree.link(file, own, TreePath.of("b"));
            assertEquals(2, tree.status(file).orElseThrow().links());
            assertEquals(
                    tree.status(file).orElseThrow().inode(),
                    own.status(TreePath.of("b")).orElseThrow().inode());
            assertThrows(IOException.class, () -> tree.link(file, own, TreePath.of("b")));
            own.rename(TreePath.of("b"), tree, TreePath.of("moved"));
            tree.rename(TreePath.of("own"), tree, TreePath.of("renamed"));
            assertEquals(Optional.empty(), tree.status(file));
            assertTrue(tree.status(TreePath.of("renamed/a")).isPresent());
            assertThrows(IOException.class, () -> tree.delete(TreePath.of("renamed")));
            tree.delete(TreePath.of("renamed/a"));
            tree.delete(TreePath.of("renamed"));
            tree.delete(TreePath.of("renamed"));
            assertEquals(
                    List.of("file", "link", "moved"),
                    tree.list(TreePath.ROOT).stream().map(String::new).toList());
        }
    }

    @Test
    void seesHolesAndMakesThem() throws IOException {
        LocalPoolFiles files = new LocalPoolFiles();
        Path inside = inside();
        try (TreeFiles tree = files.tree(inside)) {
            try (PoolFile out = tree.open(TreePath.of("sparse"), PoolFiles.Mode.REPLACE)) {
                out.setSize(1 << 20);
                out.write(ByteBuffer.wrap(new byte[] {1}), 600_000);
            }
            List<ByteRange> holes = tree.holes(TreePath.of("sparse"));
            assertEquals(2, holes.size());
            assertEquals(0, holes.getFirst().position());
            assertEquals(1 << 20, holes.getLast().end());
        }
        Path image = directory.resolve("image");
        try (PoolFile file = files.open(image, PoolFiles.Mode.REPLACE)) {
            file.setSize(10 << 20);
            assertEquals(0, files.allocatedBytes(image));
            file.write(ByteBuffer.wrap(new byte[1 << 20]), 0);
            file.punch(0, 1 << 20);
            assertEquals(0, files.allocatedBytes(image));
            assertEquals(10 << 20, file.sizeBytes());
        }
        byte[] zeros = Files.readAllBytes(image);
        assertArrayEquals(new byte[10 << 20], zeros);
    }

    @Test
    void deletesATreeWithoutFollowingLinks() throws IOException {
        LocalPoolFiles files = new LocalPoolFiles();
        Path inside = inside();
        files.deleteTree(inside);
        assertFalse(Files.exists(inside));
        assertTrue(Files.exists(directory.resolve("outside/deep/secret")));
    }
}
