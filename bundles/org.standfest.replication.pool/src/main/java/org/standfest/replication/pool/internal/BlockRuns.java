package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Brings received contents to their places in an image. Neighbours that also lie beside each other
 * in the received contents go in one call; storage is shared where the file system can, so that
 * what was written when it arrived is not written again. For one thread.
 */
final class BlockRuns {

    /** A share waits for the pages of its range, and holds up others meanwhile. */
    private static final long MAX_RUN = 16L << 20;

    private final PoolFile image;
    private final PoolFile contents;
    private final long sizeBytes;
    private final ByteBuffer checkWith;
    private final BlockHasher hasher = new BlockHasher();
    private boolean sharing = true;
    private long from = -1;
    private long to;
    private long length;
    private boolean zeros;

    /**
     * With the files it works on.
     *
     * @param checkWith a buffer of one block to check every content with; {@code null} when they
     *     have just been checked
     */
    BlockRuns(PoolFile image, PoolFile contents, long sizeBytes, ByteBuffer checkWith) {
        this.image = image;
        this.contents = contents;
        this.sizeBytes = sizeBytes;
        this.checkWith = checkWith;
    }

    /** The next block of the plan; indices ascend. */
    void add(long index, BlockHash hash, long position) throws IOException {
        int blockLength = Blocks.length(index, sizeBytes);
        boolean zero = hash.isZero();
        if (!zero && checkWith != null) {
            check(hash, position, blockLength);
        }
        boolean follows =
                from >= 0
                        && zeros == zero
                        && to + length == index * Blocks.SIZE
                        && (zero || from + length == position)
                        && length < MAX_RUN;
        if (!follows) {
            finish();
            from = zero ? 0 : position;
            to = index * Blocks.SIZE;
            length = 0;
            zeros = zero;
        }
        length += blockLength;
    }

    private void check(BlockHash hash, long position, int blockLength) throws IOException {
        FileStreams.readFully(
                contents, checkWith.clear().limit(blockLength), position, "received content");
        if (!hasher.hash(checkWith.flip()).equals(hash)) {
            throw new Damage("received content changed before it was used");
        }
    }

    /** Carries out what is still gathered. */
    void finish() throws IOException {
        if (from < 0 || length == 0) {
            return;
        }
        if (zeros) {
            image.punch(to, length);
        } else if (!sharing || !image.share(contents, from, to, length)) {
            sharing = false;
            Copies.range(contents, from, image, to, length);
        }
        from = -1;
        length = 0;
    }
}
