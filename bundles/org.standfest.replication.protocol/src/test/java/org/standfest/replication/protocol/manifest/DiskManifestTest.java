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
        assertTrue(bytes.length < 200_000, "zero chunks take four bytes");
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

    @Test
    void whatManyEditsAndSizesLeaveIsWhatPlainListsSay() throws IOException {
        Random random = new Random(17);
        List<BlockHash> plain = new ArrayList<>();
        DiskManifest manifest = DiskManifest.zero(0);
        for (int round = 0; round < 60; round++) {
            DiskManifest before = manifest;
            List<BlockHash> plainBefore = List.copyOf(plain);
            int blocks = random.nextInt(4) == 0 ? random.nextInt(4_000) : plain.size();
            DiskManifest.Editor editor = manifest.edit((long) blocks * Blocks.SIZE);
            while (plain.size() > blocks) {
                plain.removeLast();
            }
            while (plain.size() < blocks) {
                plain.add(BlockHash.ZERO);
            }
            for (int i = 0; blocks > 0 && i < random.nextInt(200); i++) {
                int at = random.nextInt(blocks);
                BlockHash hash = random.nextBoolean() ? BlockHash.ZERO : hash(random.nextLong());
                plain.set(at, hash);
                editor.set(at, hash);
            }
            manifest = editor.build();
            assertPlain(plain, manifest);
            assertPlain(plainBefore, before);
            List<Long> changed = new ArrayList<>();
            for (int i = 0; i < blocks; i++) {
                if (i >= plainBefore.size() || !plainBefore.get(i).equals(plain.get(i))) {
                    changed.add((long) i);
                }
            }
            assertEquals(changed, changes(manifest, before));
            assertEquals(manifest, again(manifest));
            assertEquals(manifest, editor.build(), "built again");
        }
    }

    /** Through the bytes, and chunk by chunk. */
    private static DiskManifest again(DiskManifest manifest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiskManifestCodec.write(manifest, out);
        DiskManifest read =
                DiskManifestCodec.read(
                        new ByteArrayInputStream(out.toByteArray()), manifest.sizeBytes());
        DiskManifest.Editor editor = DiskManifest.zero(manifest.sizeBytes()).edit();
        for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
            editor.setChunk(chunk, read.chunkBytes(chunk));
        }
        return editor.build();
    }

    @Test
    void aBlockAloneInItsChunkCostsItsPageNotItsChunk() throws IOException {
        DiskManifest.Editor editor = DiskManifest.zero(64L << 30).edit();
        for (int chunk = 0; chunk < 1_024; chunk++) {
            editor.set(chunk * 1_024L + chunk, hash(chunk));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiskManifestCodec.write(editor.build(), out);
        assertTrue(out.size() < 1_024 * (4 + 32 * BlockHash.BYTES) + 100, "bytes: " + out.size());
        List<Long> found = new ArrayList<>();
        editor.build().forEachNonZero(1_024 * 5 + 6, 1_024 * 8 + 8, found::add);
        assertEquals(List.of(1_024 * 6L + 6, 1_024 * 7L + 7), found);
    }

    private static void assertPlain(List<BlockHash> plain, DiskManifest manifest)
            throws IOException {
        assertEquals(plain.size(), manifest.blockCount());
        assertEquals(
                plain.stream().filter(hash -> !hash.isZero()).count(), manifest.nonZeroBlocks());
        ByteArrayOutputStream root = new ByteArrayOutputStream();
        root.write(new byte[] {'S', 'F', 'D', 'M', 0, 2});
        root.write(ByteBuffer.allocate(8).putLong(manifest.sizeBytes()).array());
        for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
            int first = chunk * DiskManifest.CHUNK_BLOCKS;
            ByteBuffer hashes = ByteBuffer.allocate(manifest.chunkLength(chunk) * BlockHash.BYTES);
            for (int i = 0; i < manifest.chunkLength(chunk); i++) {
                assertEquals(plain.get(first + i), manifest.hash(first + i));
                hashes.put(plain.get(first + i).toBytes());
            }
            assertEquals(hashes.flip(), ByteBuffer.wrap(manifest.chunkBytes(chunk)));
            boolean zero =
                    plain.subList(first, first + hashes.limit() / BlockHash.BYTES).stream()
                            .allMatch(BlockHash::isZero);
            assertEquals(zero, manifest.isZeroChunk(chunk));
            root.write(zero ? new byte[BlockHash.BYTES] : digest(hashes.array()));
        }
        assertEquals(
                BlockHash.at(BlockHasher.sha256().digest(root.toByteArray()), 0), manifest.root());
    }

    /** As the formula of the root says, page by page. */
    private static byte[] digest(byte[] hashes) {
        int used = 0;
        ByteBuffer content = ByteBuffer.allocate(4 + hashes.length).position(4);
        for (int at = 0; at < hashes.length; at += 32 * BlockHash.BYTES) {
            byte[] page =
                    Arrays.copyOfRange(
                            hashes, at, Math.min(hashes.length, at + 32 * BlockHash.BYTES));
            if (!Arrays.equals(page, new byte[page.length])) {
                used |= 1 << at / (32 * BlockHash.BYTES);
                content.put(page);
            }
        }
        content.putInt(0, used);
        return BlockHasher.sha256().digest(Arrays.copyOf(content.array(), content.position()));
    }
}
