package org.standfest.replication.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class TreeManifestTest {

    private static TreeEntry entry(
            String path, EntryKind kind, String target, long size, HashList blocks) {
        return new TreeEntry(
                TreePath.of(path),
                kind,
                kind == EntryKind.SYMLINK ? 0777 : 0640,
                1,
                4_294_967_295L,
                -7,
                size,
                RawBytes.of(target),
                0,
                0,
                List.of(new ExtendedAttribute(RawBytes.of("user.a"), RawBytes.of("b"))),
                List.of(),
                blocks);
    }

    private static TreeEntry file(String path, long seed) {
        return entry(
                path,
                EntryKind.FILE,
                "",
                70_000,
                HashList.of(List.of(DiskManifestTest.hash(seed), DiskManifestTest.hash(seed + 1))));
    }

    private static List<TreeEntry> entries() {
        return new ArrayList<>(
                List.of(
                        TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, 1),
                        TreeEntry.directory(TreePath.of("a"), 0755, 0, 0, 1),
                        file("a/x", 1),
                        file("a-b", 2),
                        TreeEntry.hardLink(TreePath.of("b"), TreePath.of("a/x")),
                        entry("c", EntryKind.SYMLINK, "/etc", 0, HashList.EMPTY),
                        entry("d", EntryKind.FIFO, "", 0, HashList.EMPTY)));
    }

    @Test
    void sortsWhatLiesInADirectoryDirectlyBehindIt() {
        List<TreeEntry> entries = entries();
        Collections.shuffle(entries, new Random(3));
        TreeManifest manifest = TreeManifest.of(entries);
        List<String> paths = new ArrayList<>();
        manifest.forEach(entry -> paths.add(entry.path().toString()));
        assertEquals(List.of("", "a", "a/x", "a-b", "b", "c", "d"), paths);
        assertEquals(Optional.of(file("a-b", 2)), manifest.find(TreePath.of("a-b")));
        assertEquals(Optional.empty(), manifest.find(TreePath.of("a/y")));
        assertEquals(140_000, manifest.contentBytes());
    }

    @Test
    void findsAndAppliesChanges() {
        TreeManifest older = TreeManifest.of(entries());
        List<TreeEntry> changed = entries();
        changed.removeIf(entry -> entry.path().equals(TreePath.of("c")));
        changed.set(3, file("a-b", 9));
        changed.add(file("e", 5));
        TreeManifest newer = TreeManifest.of(changed);
        List<TreeChange> changes = newer.changesSince(older);
        assertEquals(3, changes.size());
        assertEquals(newer, older.with(changes));
        assertEquals(older, newer.with(older.changesSince(newer)));
        assertEquals(newer.root(), older.with(changes).root());
        assertEquals(older, TreeManifest.EMPTY.with(older.changesSince(TreeManifest.EMPTY)));
    }

    @Test
    void refusesWhatIsNoTree() {
        List<List<TreeEntry>> wrong =
                List.of(
                        List.of(file("x", 1)),
                        List.of(TreeEntry.directory(TreePath.ROOT, 0, 0, 0, 0), file("a/x", 1)),
                        List.of(
                                TreeEntry.directory(TreePath.ROOT, 0, 0, 0, 0),
                                file("a", 1),
                                file("a/x", 1)),
                        List.of(
                                TreeEntry.directory(TreePath.ROOT, 0, 0, 0, 0),
                                file("a", 1),
                                file("a", 1)),
                        List.of(
                                TreeEntry.directory(TreePath.ROOT, 0, 0, 0, 0),
                                TreeEntry.directory(TreePath.of("a"), 0, 0, 0, 0),
                                TreeEntry.hardLink(TreePath.of("b"), TreePath.of("a"))),
                        List.of(
                                TreeEntry.directory(TreePath.ROOT, 0, 0, 0, 0),
                                TreeEntry.hardLink(TreePath.of("b"), TreePath.of("a"))));
        for (List<TreeEntry> entries : wrong) {
            assertThrows(IllegalArgumentException.class, () -> TreeManifest.of(entries));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "..", "a/..", "../a", ".", "a/./b", "a//b", "a/", "a\0b"})
    void refusesPathsThatLeadElsewhere(String path) {
        assertThrows(IllegalArgumentException.class, () -> TreePath.of(path));
    }

    @Test
    void refusesPathsThatAreTooLong() {
        assertThrows(IllegalArgumentException.class, () -> TreePath.of("x".repeat(256)));
        assertThrows(IllegalArgumentException.class, () -> TreePath.of("x/".repeat(512) + "x"));
        assertThrows(
                IllegalArgumentException.class,
                () -> TreePath.of("xxxxxxxxxxxxxxx/".repeat(256) + "x"));
        assertThrows(IllegalArgumentException.class, () -> TreePath.of("a").child("b/c"));
        assertThrows(IllegalArgumentException.class, () -> TreePath.of("a").child(".."));
        assertArrayEquals(new byte[] {'b'}, TreePath.of("a/b").name());
        assertEquals(TreePath.of("a"), TreePath.of("a/b").parent());
        assertTrue(
                TreePath.of("a/b").isBelow(TreePath.ROOT)
                        && !TreePath.of("ab").isBelow(TreePath.of("a")));
    }

    @Test
    void codecKeepsEverythingAndSurvivesDamage() throws IOException {
        TreeManifest manifest = TreeManifest.of(entries());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TreeManifestCodec.write(manifest, out);
        byte[] bytes = out.toByteArray();
        assertEquals(manifest, TreeManifestCodec.read(new ByteArrayInputStream(bytes)));
        assertEquals(manifest.root(), BlockHash.at(bytes, bytes.length - 32));
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            assertThrows(
                    ManifestFormatException.class,
                    () -> TreeManifestCodec.read(new ByteArrayInputStream(damaged)));
            byte[] cut = Arrays.copyOf(bytes, i);
            assertThrows(
                    ManifestFormatException.class,
                    () -> TreeManifestCodec.read(new ByteArrayInputStream(cut)));
        }
    }

    @Test
    void aClaimedLengthCostsNoMemory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        TreeEntryCodec.writePath(TreePath.of("bomb"), out);
        out.writeByte(EntryKind.FILE.code());
        out.writeShort(0644);
        out.writeInt(0);
        out.writeInt(0);
        out.writeLong(0);
        out.writeShort(0);
        out.writeLong(Blocks.MAX_SIZE_BYTES / 8);
        out.writeInt(0);
        assertThrows(
                ManifestFormatException.class,
                () ->
                        TreeEntryCodec.read(
                                new DataInputStream(
                                        new ByteArrayInputStream(bytes.toByteArray()))));
    }

    @Test
    void entriesAreCanonical() {
        assertThrows(
                IllegalArgumentException.class,
                () -> entry("x", EntryKind.DIRECTORY, "t", 0, HashList.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> entry("x", EntryKind.SYMLINK, "", 0, HashList.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> entry("x", EntryKind.SYMLINK, "a\0", 0, HashList.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> entry("x", EntryKind.FILE, "", 70_000, HashList.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> entry("", EntryKind.FILE, "", 0, HashList.EMPTY));
        assertThrows(
                IllegalArgumentException.class,
                () -> TreeEntry.hardLink(TreePath.of("a"), TreePath.of("b")));
    }
}
