package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** A small disk in memory as an agent sees it. */
final class TestDisk {

    byte[] content;

    /** The size of {@link #some}: the last block is shorter. */
    static final int SOME_BYTES = 40 * Blocks.SIZE + 512;

    TestDisk(int sizeBytes) {
        content = new byte[sizeBytes];
    }

    TestDisk copy() {
        TestDisk copy = new TestDisk(0);
        copy.content = content.clone();
        return copy;
    }

    void fill(int block, long seed) {
        int start = block * Blocks.SIZE;
        byte[] random = new byte[Blocks.length(block, content.length)];
        new Random(seed).nextBytes(random);
        System.arraycopy(random, 0, content, start, random.length);
    }

    void zero(int block) {
        int start = block * Blocks.SIZE;
        Arrays.fill(content, start, start + Blocks.length(block, content.length), (byte) 0);
    }

    void resize(int sizeBytes) {
        content = Arrays.copyOf(content, sizeBytes);
    }

    ByteBuffer block(long index) {
        return ByteBuffer.wrap(
                        content, (int) index * Blocks.SIZE, Blocks.length(index, content.length))
                .slice();
    }

    DiskManifest manifest() {
        BlockHasher hasher = new BlockHasher();
        DiskManifest.Editor editor = DiskManifest.zero(content.length).edit();
        for (long i = 0; i < Blocks.count(content.length); i++) {
            editor.set(i, hasher.hash(block(i)));
        }
        return editor.build();
    }

    /** Sends what differs from a basis, as an agent does. */
    void send(IncomingPoint point, String volume, DiskManifest basis) {
        DiskManifest manifest = manifest();
        manifest.forEachChangeFrom(
                basis,
                i -> {
                    BlockHash hash = manifest.hash(i);
                    if (point.stagedHash(volume, i).equals(java.util.Optional.of(hash))) {
                        return;
                    }
                    if (hash.isZero()) {
                        point.putZero(volume, i, 1).orThrow();
                    } else {
                        point.putBlock(volume, i, hash, block(i)).orThrow();
                    }
                });
    }

    /** With content in every other block of its first part, and in the last. */
    static TestDisk some() {
        TestDisk disk = new TestDisk(SOME_BYTES);
        for (int i = 0; i < 30; i += 2) {
            disk.fill(i, i);
        }
        disk.fill(40, 99);
        return disk;
    }
}
