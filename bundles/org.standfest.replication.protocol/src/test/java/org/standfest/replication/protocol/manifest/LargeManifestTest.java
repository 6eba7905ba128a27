package org.standfest.replication.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Manifests of which a part leaves the heap. */
final class LargeManifestTest {

    private static final int FILES = 200_000;

    /** Keeps what it is given where no garbage collector of Java looks, as a file would. */
    private static final class Elsewhere implements Overflow {

        private int pieces;

        @Override
        public MemorySegment keep(byte[] bytes) {
            pieces++;
            MemorySegment kept = java.lang.foreign.Arena.ofAuto().allocate(bytes.length);
            return kept.copyFrom(MemorySegment.ofArray(bytes)).asReadOnly();
        }
    }

    private static TreeEntry file(int number, long mtimeNanos) {
        return new TreeEntry(
                TreePath.of("file-with-a-longer-name-%08d".formatted(number)),
                EntryKind.FILE,
                0644,
                0,
                0,
                mtimeNanos,
                10,
                TreeEntry.NO_TARGET,
                0,
                0,
                List.of(),
                List.of(),
                HashList.of(List.of(DiskManifestTest.hash(number))));
    }

    private static TreeManifest manifest(Overflow overflow, int files) {
        TreeManifest.Builder builder = new TreeManifest.Builder(overflow);
        builder.add(TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, 1));
        for (int i = 0; i < files; i++) {
            builder.add(file(i, 5));
        }
        return builder.build();
    }

    @Test
    void saysTheSameWhereverItsEntriesLie() throws IOException {
        Elsewhere elsewhere = new Elsewhere();
        TreeManifest outside = manifest(elsewhere, FILES);
        TreeManifest inside = manifest(Overflow.HEAP, FILES);
        assertTrue(elsewhere.pieces > 0, "nothing left the heap");
        assertEquals(inside, outside);
        assertEquals(inside.root(), outside.root());
        for (int i = 0; i < FILES; i += 997) {
            assertEquals(i + 1, outside.indexOf(file(i, 5).path()));
            assertEquals(file(i, 5), outside.get(i + 1));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TreeManifestCodec.write(outside, bytes);
        int before = elsewhere.pieces;
        TreeManifest again =
                TreeManifestCodec.read(new ByteArrayInputStream(bytes.toByteArray()), elsewhere);
        assertEquals(inside.root(), again.root());
        assertTrue(elsewhere.pieces > before);
    }

    @Test
    void anEntryLargerThanAPieceDoesNotMoveWhatComesAfter() {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < 80_000; i++) {
            entries.add(file(i, 5));
        }
        // a file of 6 GB: its hashes need a piece of their own, larger than the others
        List<BlockHash> hashes =
                IntStream.range(0, 100_000).mapToObj(DiskManifestTest::hash).toList();
        TreeEntry small = file(80_000, 5);
        entries.add(
                new TreeEntry(
                        small.path(),
                        EntryKind.FILE,
                        0644,
                        0,
                        0,
                        5,
                        100_000L * Blocks.SIZE,
                        TreeEntry.NO_TARGET,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        HashList.of(hashes)));
        for (int i = 80_001; i < 160_000; i++) {
            entries.add(file(i, 5));
        }
        TreeManifest.Builder builder = new TreeManifest.Builder(new Elsewhere());
        builder.add(TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, 1));
        entries.forEach(builder::add);
        TreeManifest manifest = builder.build();
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(entries.get(i).path(), manifest.path(i + 1));
        }
        assertEquals(entries.get(80_000), manifest.get(80_001));
        assertEquals(entries.get(159_999), manifest.get(160_000));
    }

    @Test
    void aChangeCopiesOnlyWhatChanged() {
        Elsewhere elsewhere = new Elsewhere();
        TreeManifest older = manifest(elsewhere, FILES);
        int before = elsewhere.pieces;
        TreeChange change = new TreeChange.Put(file(FILES / 2, 6));
        TreeManifest newer = older.with(List.of(change, new TreeChange.Removed(file(3, 5).path())));
        assertEquals(before, elsewhere.pieces);
        assertEquals(FILES, newer.size());
        assertEquals(
                List.of(new TreeChange.Removed(file(3, 5).path()), change),
                newer.changesSince(older));
        assertNotEquals(older.root(), newer.root());
        assertEquals(older, newer.with(older.changesSince(newer)));
    }

    @Test
    void whatManyChangesLeftBehindIsGivenBack() {
        TreeManifest manifest = manifest(Overflow.HEAP, 500);
        List<TreeEntry> last = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            List<TreeChange> changes = new ArrayList<>();
            last.clear();
            for (int i = 0; i < 500; i++) {
                last.add(file(i, 100 + round));
                changes.add(new TreeChange.Put(file(i, 100 + round)));
            }
            manifest = manifest.with(changes);
            // 300 times 500 entries are more than 15 MB
            assertTrue(manifest.heldBytes() < 2 << 20, () -> "pieces are never given back");
        }
        assertEquals(last.get(17), manifest.get(18));
        assertEquals(501, manifest.size());
    }
}
