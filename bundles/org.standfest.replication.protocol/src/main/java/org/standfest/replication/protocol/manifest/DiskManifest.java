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
 * of a chunk is the SHA-256 of a u32 with a bit for every page that is not all zero markers (the
 * lowest for the first) and the hashes of these pages in order, or 32 zero bytes when there is no
 * such page; the root is the SHA-256 of {@code "SFDM"}, u16 version 2, i64 size, and the digests of
 * all chunks. So a block in a chunk that is empty otherwise costs its page. Immutable, safe for any
 * thread.
 */
public final class DiskManifest {

    /** Hashes of one chunk. */
    public static final int CHUNK_BLOCKS = 1_024;

    static final int MAGIC = 0x5346444d;
    static final int VERSION = 2;

    /** Hashes of one page; a chunk has as many pages as an int has bits. */
    static final int PAGE_BLOCKS = 32;

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
            int used = usedPages(chunk);
            for (int shift = 24; shift >= 0; shift -= 8) {
                sha256.update((byte) (used >>> shift));
            }
            for (int page = 0; page < PAGES; page++) {
                if (chunks[chunk][page] != null) {
                    sha256.update(chunks[chunk][page], 0, pageBytes(chunk, page));
                }
            }
            known = sha256.digest();
            digests[chunk] = known;
        }
        return known;
    }

    /** A bit for every page of a chunk that is not all zeros; the lowest for the first. */
    int usedPages(int chunk) {
        int used = 0;
        for (int page = 0; chunks[chunk] != null && page < PAGES; page++) {
            used |= chunks[chunk][page] == null ? 0 : 1 << page;
        }
        return used;
    }

    /** The hashes of a page that is used; not to be changed, the first {@link #pageBytes} count. */
    byte[] page(int chunk, int page) {
        return chunks[chunk][page];
    }

    /** How long the hashes of a page are together; 0 beyond the last block. */
    int pageBytes(int chunk, int page) {
        int blocks = chunkLength(chunk) - page * PAGE_BLOCKS;
        return Math.clamp(blocks, 0, PAGE_BLOCKS) * BlockHash.BYTES;
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
        long[] count = {0};
        forEachNonZero(0, blockCount(), _ -> count[0]++);
        return count[0];
    }

    /** Visits, in order, the blocks of a range that are not zero; what is empty costs its pages. */
    public void forEachNonZero(long first, long end, LongConsumer visitor) {
        long to = Math.min(end, blockCount());
        long at = first;
        while (at < to) {
            byte[][] chunk = chunks[(int) (at / CHUNK_BLOCKS)];
            if (chunk == null) {
                at = (at / CHUNK_BLOCKS + 1) * CHUNK_BLOCKS;
            } else if (chunk[page(at)] == null) {
                at = (at / PAGE_BLOCKS + 1) * PAGE_BLOCKS;
            } else {
                if (!hash(chunk, at).isZero()) {
                    visitor.accept(at);
                }
                at++;
            }
        }
    }

    /**
     * Visits, in order, the blocks of this disk whose content may differ from another's: other
     * hash, other length, or not in the other at all.
     */
    public void forEachChangeFrom(DiskManifest other, LongConsumer changed) {
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            long first = (long) chunk * CHUNK_BLOCKS;
            long end = first + chunkLength(chunk);
            if (hasSameLengths(other, first, end) && chunks[chunk] == other.chunks[chunk]) {
                continue;
            }
            for (long from = first; from < end; from += PAGE_BLOCKS) {
                long to = Math.min(end, from + PAGE_BLOCKS);
                if (!hasSameLengths(other, from, to)
                        || !Arrays.equals(pageOf(from), other.pageOf(from))) {
                    forEachChange(other, from, to, changed);
                }
            }
        }
    }

    private byte[] pageOf(long index) {
        byte[][] chunk = chunks[(int) (index / CHUNK_BLOCKS)];
        return chunk == null ? null : chunk[page(index)];
    }

    /** Whether the blocks of a range are all in the other disk, as long as here. */
    private boolean hasSameLengths(DiskManifest other, long first, long end) {
        return end <= other.blockCount() && !lengthDiffers(other, end - 1);
    }

    private void forEachChange(DiskManifest other, long first, long end, LongConsumer changed) {
        for (long i = first; i < end; i++) {
            if (i >= other.blockCount()
                    || lengthDiffers(other, i)
                    || !hash(i).equals(other.hash(i))) {
                changed.accept(i);
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
        private byte[][] digests;

        /** The digests are the last built manifest's, too, which calculates what is missing. */
        private boolean shared;

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
            forgetDigest(chunk);
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
                forgetDigest(chunk);
                hash.put(ownPage(chunk, page(index)), offset(index));
            }
        }

        /**
         * Sets all hashes of a chunk.
         *
         * @param hashes as {@link DiskManifest#chunkBytes} gives them
         */
        public void setChunk(int chunk, byte[] hashes) {
            if (hashes.length != chunkLength(chunk) * BlockHash.BYTES) {
                throw new IllegalArgumentException(hashes.length + " bytes of hashes");
            }
            for (int page = 0; page * ZERO_PAGE.length < hashes.length; page++) {
                int at = page * ZERO_PAGE.length;
                int length = Math.min(ZERO_PAGE.length, hashes.length - at);
                boolean zero = Arrays.equals(hashes, at, at + length, ZERO_PAGE, 0, length);
                if (!zero || chunks[chunk] != null && chunks[chunk][page] != null) {
                    setPage(chunk, page, hashes, at, length);
                }
            }
        }

        /** Sets the hashes of a page. */
        void setPage(int chunk, int page, byte[] hashes, int at, int length) {
            forgetDigest(chunk);
            System.arraycopy(hashes, at, ownPage(chunk, page), 0, length);
        }

        private void forgetDigest(int chunk) {
            if (shared) {
                digests = digests.clone();
                shared = false;
            }
            digests[chunk] = null;
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
            shared = true;
            return new DiskManifest(sizeBytes, chunks.clone(), digests);
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
                forgetDigest(chunk);
            }
        }
    }
}
