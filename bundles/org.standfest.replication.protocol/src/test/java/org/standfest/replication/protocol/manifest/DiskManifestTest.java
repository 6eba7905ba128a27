package org.standfest.replication.protocol.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

final class DiskManifestTest {

    private static final long SIZE = 5_000L * Blocks.SIZE + 512;

    static BlockHash hash(long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return BlockHash.at(bytes, 0);
    }

    private static DiskManifest some() {
        DiskManifest.Editor editor = DiskManifest.zero(SIZE).edit();
        editor.set(0, hash(1));
        editor.set(4_000, hash(2));
        editor.set(5_000, hash(3));
        return editor.build();
    }

    private static List<Long> changes(DiskManifest newer, DiskManifest older) {
        List<Long> changes = new ArrayList<>();
        newer.forEachChangeFrom(older, changes::add);
        return changes;
    }

    @Test
    void aBlockOfZerosHasTheZeroMarkerWhateverItsLength() {
        BlockHasher hasher = new BlockHasher();
        assertEquals(BlockHash.ZERO, hasher.hash(ByteBuffer.allocate(Blocks.SIZE)));
        assertEquals(BlockHash.ZERO, hasher.hash(ByteBuffer.allocate(512)));
        assertEquals(
                "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
                hasher.hash(ByteBuffer.wrap(new byte[] {1})).toString());
        assertEquals(hash(5), BlockHash.parse(hash(5).toString()));
    }

    @Test
    void rootDependsOnSizeAndEveryHash() {
        assertNotEquals(DiskManifest.zero(SIZE).root(), DiskManifest.zero(SIZE + 1).root());
        DiskManifest manifest = some();
        DiskManifest.Editor editor = manifest.edit();
        editor.set(4_001, hash(2));
        assertNotEquals(manifest.root(), editor.build().root());
        editor.set(4_001, BlockHash.ZERO);
        assertEquals(manifest, editor.build());
    }

    @Test
    void editingLeavesTheOriginalAlone() {
        DiskManifest manifest = some();
        BlockHash root = manifest.root();
        DiskManifest.Editor editor = manifest.edit();
        DiskManifest same = editor.build();
        editor.set(0, hash(99));
        assertEquals(root, same.root());
        assertEquals(hash(1), same.hash(0));
        assertEquals(hash(99), editor.build().hash(0));
        assertEquals(3, manifest.nonZeroBlocks());
    }

    @Test
    void findsChangesAlsoWhenTheSizeChanges() {
        DiskManifest manifest = some();
        assertEquals(List.of(), changes(manifest, manifest));
        DiskManifest.Editor editor = manifest.edit(SIZE + 2L * Blocks.SIZE);
        editor.set(7, hash(7));
        DiskManifest grown = editor.build();
        assertEquals(List.of(7L, 5_000L, 5_001L, 5_002L), changes(grown, manifest));
        assertEquals(List.of(7L, 5_000L), changes(manifest, grown));
        DiskManifest shrunk = manifest.edit(100).build();
        assertEquals(List.of(0L), changes(shrunk, manifest));
        assertEquals(5_001, changes(manifest, DiskManifest.zero(0)).size());
        assertEquals(List.of(0L, 4_000L, 5_000L), changes(manifest, DiskManifest.zero(SIZE)));
    }

    @Test
    void codecKeepsEverythingAndEveryBitMatters() throws IOException {
        DiskManifest manifest = some();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiskManifestCodec.write(manifest, out);
        byte[] bytes = out.toByteArray();
        assertTrue(bytes.length < 200_000, "zero chunks take a byte");
        assertEquals(manifest, DiskManifestCodec.read(new ByteArrayInputStream(bytes), SIZE));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThrows(
                    ManifestFormatException.class,
                    () -> DiskManifestCodec.read(new ByteArrayInputStream(damaged), SIZE));
        }
        for (int length = 0; length < bytes.length; length += 977) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(
                    ManifestFormatException.class,
                    () -> DiskManifestCodec.read(new ByteArrayInputStream(cut), SIZE));
        }
        assertThrows(
                ManifestFormatException.class,
                () -> DiskManifestCodec.read(new ByteArrayInputStream(bytes), SIZE - 1));
    }
}
