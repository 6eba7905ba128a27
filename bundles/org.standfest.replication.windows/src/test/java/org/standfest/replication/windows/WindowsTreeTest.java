package org.standfest.replication.windows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * With facts as Windows would tell them; this machine's extended attributes stand in for streams.
 */
class WindowsTreeTest {

    @TempDir Path folder;

    private int attributes = 0x22;

    private final FileFacts windows =
            new FileFacts() {
                @Override
                public Facts of(Path path) {
                    return new Facts(attributes, 11, 22, 2, 33, 44);
                }

                @Override
                public List<String> streams(Path path) throws IOException {
                    return view(path).list();
                }
            };

    private static UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }

    private TreeFiles tree() throws IOException {
        return new WindowsFiles(LocalPoolFiles.withoutNativeCalls(), windows).tree(folder);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void tellsNumberAndChangeTimeSoThatChangesAreFound() throws IOException {
        Files.writeString(folder.resolve("file"), "content");
        try (TreeFiles tree = tree()) {
            TreeFiles.Status status = tree.status(TreePath.of("file")).orElseThrow();
            assertEquals(11, status.mtimeNanos());
            assertEquals(22, status.ctimeNanos());
            assertEquals(44, status.inode());
            assertEquals(2, status.links());
            assertEquals(7, status.sizeBytes());
            assertTrue(tree.status(TreePath.of("none")).isEmpty());
        }
    }

    @Test
    void leavesOutWhatLeadsElsewhere() throws IOException {
        Files.createDirectory(folder.resolve("junction"));
        attributes = Facts.DIRECTORY | Facts.REPARSE_POINT;
        try (TreeFiles tree = tree()) {
            assertTrue(tree.status(TreePath.of("junction")).orElseThrow().kind().isEmpty());
        }
    }

    @Test
    void carriesAttributesAndStreamsAndBringsStreamsBack() throws IOException {
        Path from = Files.writeString(folder.resolve("from"), "x");
        try {
            view(from).write("Zone.Identifier", ByteBuffer.wrap(bytes("[ZoneTransfer]")));
        } catch (IOException | UnsupportedOperationException notHere) {
            Assumptions.abort("no extended attributes in the temporary folder");
        }
        Files.writeString(folder.resolve("to"), "x");
        try (TreeFiles tree = tree()) {
            List<ExtendedAttribute> read = tree.attributes(TreePath.of("from"));
            assertEquals(
                    List.of("windows.attributes", "windows.stream.Zone.Identifier"),
                    read.stream()
                            .map(it -> new String(it.name().toBytes(), StandardCharsets.UTF_8))
                            .toList());
            assertArrayEquals(bytes("34"), read.getFirst().value().toBytes());
            Set<TreeFiles.Loss> losses = tree.setAttributes(TreePath.of("to"), entry("to", read));
            assertTrue(view(folder.resolve("to")).list().contains("Zone.Identifier"), "" + losses);
        }
    }

    @Test
    void aStreamThatIsTooLongIsSaidToBeLeftOut() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        String long300 = "n".repeat(300);
        UserDefinedFileAttributeView streams = new Streams(Map.of("big", 65_537, long300, 5));
        try (TreeFiles plain = LocalPoolFiles.withoutNativeCalls().tree(folder);
                TreeFiles tree =
                        new WindowsTree(
                                folder, plain, listing("big", long300, "gone"), _ -> streams)) {
            List<ExtendedAttribute> read = tree.attributes(TreePath.of("file"));
            ExtendedAttribute left =
                    read.stream().filter(ExtendedAttribute::isLeftOut).findFirst().orElseThrow();
            assertEquals(
                    "windows.stream.big\nwindows.stream." + long300,
                    new String(left.value().toBytes(), StandardCharsets.UTF_8));
            Set<TreeFiles.Loss> losses =
                    tree.setAttributes(TreePath.of("file"), entry("file", List.of(left)));
            assertTrue(losses.contains(TreeFiles.Loss.ATTRIBUTES));
        }
    }

    /** The facts of any file, and streams of these names. */
    private FileFacts listing(String... names) {
        return new FileFacts() {
            @Override
            public Facts of(Path path) throws IOException {
                return windows.of(path);
            }

            @Override
            public List<String> streams(Path path) {
                return List.of(names);
            }
        };
    }

    @Test
    void streamsBeyondTheLimitAreSaidToBeLeftOut() throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        Map<String, Integer> sizes = new TreeMap<>();
        for (int i = 0; i <= FileFacts.STREAMS_LIMIT; i++) {
            sizes.put("s%04d".formatted(i), 1);
        }
        FileFacts tooMany = listing(sizes.keySet().toArray(String[]::new));
        try (TreeFiles plain = LocalPoolFiles.withoutNativeCalls().tree(folder);
                TreeFiles tree = new WindowsTree(folder, plain, tooMany, _ -> new Streams(sizes))) {
            List<ExtendedAttribute> read = tree.attributes(TreePath.of("file"));
            entry("file", read); // as many as an entry may have
            assertEquals(
                    FileFacts.STREAMS_LIMIT,
                    read.stream()
                            .filter(it -> it.name().toString().startsWith("windows.stream."))
                            .count());
            ExtendedAttribute left =
                    read.stream().filter(ExtendedAttribute::isLeftOut).findFirst().orElseThrow();
            assertEquals("windows.stream.s1000", left.value().toString());
        }
    }

    /** Streams of some sizes, in ascending bytes. */
    private record Streams(Map<String, Integer> sizes) implements UserDefinedFileAttributeView {

        @Override
        public String name() {
            return "user";
        }

        @Override
        public List<String> list() {
            return List.copyOf(sizes.keySet());
        }

        @Override
        public int size(String name) {
            return sizes.get(name);
        }

        @Override
        public int read(String name, ByteBuffer target) {
            int count = target.remaining();
            target.put(new byte[count]);
            return count;
        }

        @Override
        public int write(String name, ByteBuffer source) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void delete(String name) {
            throw new UnsupportedOperationException(name);
        }
    }

    @Test
    void aHostileNameOfAStreamIsALossAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("to"), "x");
        try (TreeFiles tree = tree()) {
            for (String name : List.of("", "a:b", "..\\x", "a/b")) {
                ExtendedAttribute hostile =
                        new ExtendedAttribute(
                                RawBytes.of("windows.stream." + name), RawBytes.of("evil"));
                Set<TreeFiles.Loss> losses =
                        tree.setAttributes(TreePath.of("to"), entry("to", List.of(hostile)));
                assertTrue(losses.contains(TreeFiles.Loss.ATTRIBUTES), name);
            }
            assertEquals(List.of(), view(folder.resolve("to")).list());
        }
    }

    private static TreeEntry entry(String path, List<ExtendedAttribute> attributes) {
        return new TreeEntry(
                TreePath.of(path),
                EntryKind.FILE,
                0644,
                0,
                0,
                1_000,
                0,
                TreeEntry.NO_TARGET,
                0,
                0,
                attributes,
                List.of(),
                HashList.EMPTY);
    }
}
