package org.standfest.replication.protocol.manifest;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * What a disk contains at one instant: its size and one hash for every 64 KiB block, 32 bytes each.
 * Hashes are kept in chunks of 1,024, each of pages of 32; a chunk of zero blocks (64 MiB of
 * nothing) and a page of them (2 MiB) take no memory, and both are shared between a manifest and
 * the one edited from it: a change costs 1 KiB, and a sparse disk what lies in it.
 *
 * <p>The root hash has two levels, so that a change costs its chunks and not the disk: the digest
 * of a chunk is the SHA-256 of its hashes in order (32 zero bytes when all are zero markers); the
 * root is the SHA-256 of {@code "SFDM"}, u16 version 1, i64 size, and the digests of all chunks.
 * Immutable, safe for any thread.
 */
public final class DiskManifest {

    /** Hashes of one chunk. */
    public static final int CHUNK_BLOCKS = 1_024;

    static final int MAGIC = 0x5346444d;
    static final int VERSION = 1;

    /** Hashes of one page; a chunk has as many pages as an int has bits. */
    private static final int PAGE_BLOCKS = 32;

    private static final int PAGES = CHUNK_BLOCKS / PAGE_BLOCKS;
    private static final byte[] ZERO_DIGEST = new byte[BlockHash.BYTES];
    private static final byte[] ZERO_PAGE = new byte[PAGE_BLOCKS * BlockHash.BYTES];

    private final long sizeBytes;

    /** By chunk and page; null where all is zero. Pages always have their whole length. */
    private final byte[][][] chunks;

    private final byte[][] digests;

    private DiskManifest(long sizeBytes, byte[][][] chunks, byte[][] digests) {
        this.sizeBytes = sizeBytes;
        this.chunks = chunks;
        this.digests = digests;
    }

    /** A disk of zeros. */
    public static DiskManifest zero(long sizeBytes) {
        int count = chunkCount(sizeBytes);
        return new DiskManifest(sizeBytes, new byte[count][][], new byte[count][]);
    }

    private static int chunkCount(long sizeBytes) {
        return (int) ((Blocks.count(sizeBytes) + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS);
    }

    /** The size of the disk. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** How many blocks. */
    public long blockCount() {
        return Blocks.count(sizeBytes);
    }

    /** How many chunks of hashes. */
    public int chunkCount() {
        return chunks.length;
    }

    /** How many hashes a chunk has: {@link #CHUNK_BLOCKS}, or fewer in the last one. */
    public int chunkLength(int chunk) {
        return (int) Math.min(CHUNK_BLOCKS, blockCount() - (long) chunk * CHUNK_BLOCKS);
    }

    /** Whether a chunk has nothing but zero markers. */
    public boolean isZeroChunk(int chunk) {
        return chunks[chunk] == null;
    }

    /** The hash of one block. */
    public BlockHash hash(long index) {
        checkIndex(index);
        return hash(chunks[(int) (index / CHUNK_BLOCKS)], index);
    }

    private static BlockHash hash(byte[][] chunk, long index) {
        byte[] page = chunk == null ? null : chunk[page(index)];
        return page == null ? BlockHash.ZERO : BlockHash.at(page, offset(index));
    }

    private void checkIndex(long index) {
        if (index < 0 || index >= blockCount()) {
            throw new IndexOutOfBoundsException("block " + index + " of " + blockCount());
        }
    }

    private static int page(long index) {
        return (int) (index % CHUNK_BLOCKS) / PAGE_BLOCKS;
    }

    private static int offset(long index) {
        return (int) (index % PAGE_BLOCKS) * BlockHash.BYTES;
    }

    /** The hashes of one chunk as bytes; all zero for a zero chunk. */
    public byte[] chunkBytes(int chunk) {
        byte[] bytes = new byte[chunkLength(chunk) * BlockHash.BYTES];
        for (int at = 0; chunks[chunk] != null && at < bytes.length; at += ZERO_PAGE.length) {
            byte[] page = chunks[chunk][at / ZERO_PAGE.length];
            if (page != null) {
                System.arraycopy(page, 0, bytes, at, Math.min(page.length, bytes.length - at));
            }
        }
        return bytes;
    }

    /** The digest of one chunk: two disks with equal digests have equal content there. */
    public BlockHash chunkDigest(int chunk) {
        return BlockHash.at(digest(chunk), 0);
    }

    private byte[] digest(int chunk) {
        if (chunks[chunk] == null) {
            return ZERO_DIGEST;
        }
        byte[] known = digests[chunk];
        if (known == null) {
            MessageDigest sha256 = BlockHasher.sha256();
            int left = chunkLength(chunk) * BlockHash.BYTES;
            for (int page = 0; left > 0; page++, left -= ZERO_PAGE.length) {
                byte[] bytes = chunks[chunk][page];
                sha256.update(
                        bytes == null ? ZERO_PAGE : bytes, 0, Math.min(left, ZERO_PAGE.length));
            }
            known = sha256.digest();
            digests[chunk] = known;
        }
        return known;
    }

    /** The root hash. */
    public BlockHash root() {
        MessageDigest digest = BlockHasher.sha256();
        digest.update(new byte[] {'S', 'F', 'D', 'M', 0, VERSION});
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (sizeBytes >>> shift));
        }
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            digest.update(digest(chunk));
        }
        return BlockHash.at(digest.digest(), 0);
    }

    /** How many blocks are not zero. */
    public long nonZeroBlocks() {
        long count = 0;
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            for (int i = 0; chunks[chunk] != null && i < chunkLength(chunk); i++) {
                count += hash(chunks[chunk], i).isZero() ? 0 : 1;
            }
        }
        return count;
    }

    /**
     * Visits, in order, the blocks of this disk whose content may differ from another's: other
     * hash, other length, or not in the other at all.
     */
    public void forEachChangeFrom(DiskManifest other, LongConsumer changed) {
        long tail = blockCount() - 1;
        long otherTail = other.blockCount() - 1;
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            boolean beyond = chunk >= other.chunks.length;
            boolean same = !beyond && chunks[chunk] == other.chunks[chunk];
            long first = (long) chunk * CHUNK_BLOCKS;
            boolean holdsTail = otherTail >= first && otherTail < first + CHUNK_BLOCKS;
            if (same && sizeBytes == other.sizeBytes
                    || same && !holdsTail && chunk < chunks.length - 1) {
                continue;
            }
            for (long i = first; i < first + chunkLength(chunk); i++) {
                if (i > otherTail
                        || (i == tail || i == otherTail) && lengthDiffers(other, i)
                        || !hash(i).equals(other.hash(i))) {
                    changed.accept(i);
                }
            }
        }
    }

    private boolean lengthDiffers(DiskManifest other, long index) {
        return Blocks.length(index, sizeBytes) != Blocks.length(index, other.sizeBytes);
    }

    /** Starts a manifest that differs from this one in some blocks. */
    public Editor edit() {
        return edit(sizeBytes);
    }

    /**
     * Starts a manifest that differs from this one in some blocks and in size. Blocks beyond the
     * old size are zero; the hash of a last block that changes its length is kept and must be set
     * anew.
     */
    public Editor edit(long newSizeBytes) {
        return new Editor(this, newSizeBytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskManifest that
                && sizeBytes == that.sizeBytes
                && root().equals(that.root());
    }

    @Override
    public int hashCode() {
        return root().hashCode();
    }

    @Override
    public String toString() {
        return sizeBytes + " bytes, " + root();
    }

    /** Collects changed hashes. For one thread. */
    public static final class Editor {

        private final long sizeBytes;
        private final byte[][][] chunks;
        private final byte[][] digests;

        /** By chunk: a bit for each page that is no other manifest's. */
        private final int[] own;

        private Editor(DiskManifest base, long sizeBytes) {
            int count = chunkCount(sizeBytes);
            this.sizeBytes = sizeBytes;
            this.chunks = Arrays.copyOf(base.chunks, count);
            this.digests = Arrays.copyOf(base.digests, count);
            this.own = new int[count];
            if (sizeBytes != base.sizeBytes) {
                refit(base.chunks.length - 1);
                refit(count - 1);
            }
        }

        /** Takes what lies beyond the end out of the chunk at the seam. */
        private void refit(int chunk) {
            if (chunk < 0 || chunk >= chunks.length || chunks[chunk] == null) {
                return;
            }
            digests[chunk] = null;
            for (int i = chunkLength(chunk); i < CHUNK_BLOCKS; i++) {
                if (!DiskManifest.hash(chunks[chunk], i).isZero()) {
                    BlockHash.ZERO.put(ownPage(chunk, page(i)), offset(i));
                }
            }
        }

        /** A page that no other manifest has. */
        private byte[] ownPage(int chunk, int page) {
            if (own[chunk] == 0) {
                chunks[chunk] = chunks[chunk] == null ? new byte[PAGES][] : chunks[chunk].clone();
            }
            if ((own[chunk] & 1 << page) == 0) {
                byte[] shared = chunks[chunk][page];
                chunks[chunk][page] = shared == null ? new byte[ZERO_PAGE.length] : shared.clone();
                own[chunk] |= 1 << page;
            }
            return chunks[chunk][page];
        }

        private int chunkLength(int chunk) {
            return (int)
                    Math.min(CHUNK_BLOCKS, Blocks.count(sizeBytes) - (long) chunk * CHUNK_BLOCKS);
        }

        /** The hash a block has by now. */
        public BlockHash hash(long index) {
            return DiskManifest.hash(chunks[chunkOf(index)], index);
        }

        /** Sets the hash of a block. */
        public void set(long index, BlockHash hash) {
            int chunk = chunkOf(index);
            if (!hash(index).equals(hash)) {
                digests[chunk] = null;
                hash.put(ownPage(chunk, page(index)), offset(index));
            }
        }

        private int chunkOf(long index) {
            if (index < 0 || index >= Blocks.count(sizeBytes)) {
                throw new IndexOutOfBoundsException(
                        "block " + index + " of " + Blocks.count(sizeBytes));
            }
            return (int) (index / CHUNK_BLOCKS);
        }

        /** The manifest as it is by now; the editor can go on. */
        public DiskManifest build() {
            for (int chunk = 0; chunk < chunks.length; chunk++) {
                if (own[chunk] != 0) {
                    dropZeros(chunk);
                }
            }
            // from now on the chunks are shared, so a later change copies them first
            Arrays.fill(own, 0);
            return new DiskManifest(sizeBytes, chunks.clone(), digests.clone());
        }

        private void dropZeros(int chunk) {
            boolean empty = true;
            for (int page = 0; page < PAGES; page++) {
                byte[] bytes = chunks[chunk][page];
                if ((own[chunk] & 1 << page) != 0 && Arrays.equals(bytes, ZERO_PAGE)) {
                    chunks[chunk][page] = null;
                }
                empty &= chunks[chunk][page] == null;
            }
            if (empty) {
                chunks[chunk] = null;
                digests[chunk] = null;
            }
        }
    }
}
