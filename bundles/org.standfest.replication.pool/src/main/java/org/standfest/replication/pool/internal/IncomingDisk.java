package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A disk on its way. A disk that the pool does not have yet is written straight to its native form,
 * in the session's directory; changes of a disk that is there wait in the staged contents.
 */
final class IncomingDisk implements Closeable {

    private final String name;
    private final int number;
    private final long sizeBytes;
    private final DiskManifest basis;
    private final DiskManifest.Editor target;
    private final BitSet put = new BitSet();
    private final StagedContent staged;

    /** Only for a first copy: the image, and what lies in it. */
    private final PoolFile image;

    private final EarlyWriting early;

    private final DiskManifest.Editor physical;

    /** Blocks of the image that the log of an earlier attempt spoke of. */
    private final BitSet logged = new BitSet();

    /** A change of a disk the pool has. */
    IncomingDisk(
            String name, int number, long sizeBytes, DiskManifest basis, StagedContent staged) {
        this.name = name;
        this.number = number;
        this.sizeBytes = sizeBytes;
        this.basis = basis;
        this.target = basis.edit(sizeBytes);
        this.staged = staged;
        this.image = null;
        this.early = null;
        this.physical = null;
    }

    /**
     * A first copy; {@code image} has its size, is open for writing and belongs to this object from
     * now on.
     */
    IncomingDisk(String name, int number, long sizeBytes, PoolFile image, StagedContent staged) {
        this.name = name;
        this.number = number;
        this.sizeBytes = sizeBytes;
        this.basis = DiskManifest.zero(sizeBytes);
        this.target = basis.edit();
        this.staged = staged;
        this.image = image;
        this.early = new EarlyWriting(image);
        this.physical = basis.edit();
    }

    static PoolFile openImage(
            PoolFiles files, SystemFiles.Incoming incoming, String name, long sizeBytes)
            throws IOException {
        PoolFile image = files.open(incoming.image(name), PoolFiles.Mode.WRITE);
        try {
            image.setSize(sizeBytes);
            return image;
        } catch (IOException broken) {
            Closing.after(broken, List.of(image));
            throw broken;
        }
    }

    String name() {
        return name;
    }

    boolean isFirstCopy() {
        return image != null;
    }

    DiskManifest basis() {
        return basis;
    }

    /** The manifest as it is by now. */
    DiskManifest manifest() {
        return target.build();
    }

    long putCount() {
        return put.cardinality();
    }

    Optional<BlockHash> putHash(long index) {
        return index >= 0 && index < Blocks.count(sizeBytes) && put.get((int) index)
                ? Optional.of(target.hash(index))
                : Optional.empty();
    }

    /** The length of a block; refused when there is none of this number. */
    int length(long index) throws Refusal {
        if (index < 0 || index >= Blocks.count(sizeBytes)) {
            throw Refusal.of("pool.block-outside", name, index, sizeBytes);
        }
        return Blocks.length(index, sizeBytes);
    }

    /** The length of a block's content in the basis if it has that length now, too; 0: none. */
    int olderLength(long index) {
        if (image != null
                || index < 0
                || index >= Math.min(Blocks.count(sizeBytes), basis.blockCount())
                || basis.hash(index).isZero()) {
            return 0;
        }
        int length = Blocks.length(index, sizeBytes);
        return length == Blocks.length(index, basis.sizeBytes()) ? length : 0;
    }

    /** Places a content that was checked. */
    void place(long index, BlockHash hash, ByteBuffer content) throws IOException {
        if (image != null) {
            image.write(content.duplicate(), index * Blocks.SIZE);
            early.wrote(index * Blocks.SIZE, content.remaining());
            physical.set(index, hash);
            staged.logDirect(number, index, hash, true);
        } else {
            staged.add(hash, content);
            staged.logPlaced(number, index, hash);
        }
        mark(index, hash);
    }

    /** Places contents in a row, with as many hashes. */
    void placeRow(long first, List<BlockHash> hashes, ByteBuffer content) throws IOException {
        if (image == null || hashes.contains(BlockHash.ZERO)) {
            int at = content.position();
            for (int i = 0; i < hashes.size(); i++) {
                int length = Blocks.length(first + i, sizeBytes);
                if (hashes.get(i).isZero()) {
                    zero(first + i, 1);
                } else {
                    place(first + i, hashes.get(i), content.slice(at, length));
                }
                at += length;
            }
            return;
        }
        image.write(content.duplicate(), first * Blocks.SIZE);
        early.wrote(first * Blocks.SIZE, content.remaining());
        for (int i = 0; i < hashes.size(); i++) {
            physical.set(first + i, hashes.get(i));
            staged.logDirect(number, first + i, hashes.get(i), true);
            mark(first + i, hashes.get(i));
        }
    }

    private void mark(long index, BlockHash hash) {
        target.set(index, hash);
        put.set((int) index);
    }

    /**
     * Places a content without having it at hand; false when it is not staged and not where it is
     * to be.
     */
    boolean placeKnown(long index, BlockHash hash) throws IOException {
        if (image != null) {
            if (!physical.hash(index).equals(hash)) {
                return false;
            }
            staged.logDirect(number, index, hash, true);
        } else {
            boolean unchanged =
                    index < basis.blockCount()
                            && basis.hash(index).equals(hash)
                            && Blocks.length(index, sizeBytes)
                                    == Blocks.length(index, basis.sizeBytes());
            boolean fits =
                    staged.has(hash) && staged.length(hash) == Blocks.length(index, sizeBytes);
            if (!unchanged && !fits) {
                return false;
            }
            staged.logPlaced(number, index, hash);
        }
        mark(index, hash);
        return true;
    }

    void zero(long first, long count) throws IOException {
        staged.logZeroed(number, first, count);
        applyZero(first, count);
    }

    private void applyZero(long first, long count) throws IOException {
        if (image != null) {
            long run = -1;
            for (long i = first; i <= first + count; i++) {
                boolean content = i < first + count && !physical.hash(i).isZero();
                if (content && run < 0) {
                    run = i;
                } else if (!content && run >= 0) {
                    punch(run, i);
                    run = -1;
                }
            }
        }
        for (long i = first; i < first + count; i++) {
            mark(i, BlockHash.ZERO);
        }
    }

    /** Empties the blocks of a range that has content. */
    private void punch(long from, long to) throws IOException {
        long position = from * Blocks.SIZE;
        image.punch(position, Math.min(to * Blocks.SIZE, sizeBytes) - position);
        for (long i = from; i < to; i++) {
            physical.set(i, BlockHash.ZERO);
        }
    }

    /** An earlier attempt placed this; ignored when its content did not survive. */
    void replayPlaced(long index, BlockHash hash) {
        boolean survived =
                staged.has(hash) || index < basis.blockCount() && basis.hash(index).equals(hash);
        if (image == null && index < Blocks.count(sizeBytes) && survived) {
            mark(index, hash);
        }
    }

    void replayZeroed(long first, long count) throws IOException {
        if (first >= 0 && count > 0 && first + count <= Blocks.count(sizeBytes)) {
            applyZero(first, count);
        }
    }

    /** An earlier attempt wrote this into the image; it counts when it is really there. */
    void replayDirect(
            long index, BlockHash hash, boolean placed, BlockHasher hasher, ByteBuffer scratch)
            throws IOException {
        if (image == null || index >= Blocks.count(sizeBytes)) {
            return;
        }
        scratch.clear().limit(Blocks.length(index, sizeBytes));
        image.read(scratch, index * Blocks.SIZE);
        BlockHash found = hasher.hash(scratch.flip());
        physical.set(index, found);
        logged.set((int) index);
        if (placed && found.equals(hash)) {
            mark(index, hash);
        } else if (placed) {
            put.clear((int) index);
            target.set(index, BlockHash.ZERO);
        }
    }

    /**
     * Looks for content that lies in the image although no record of the log says so: a crash keeps
     * the one and loses the other. What nobody knew of would stay where zeros have to be.
     *
     * @param holes the stretches of the image without storage
     */
    void replayUnlogged(List<ByteRange> holes, BlockHasher hasher, ByteBuffer scratch)
            throws IOException {
        int hole = 0;
        for (long i = 0; i < Blocks.count(sizeBytes); i++) {
            long start = i * Blocks.SIZE;
            long end = start + Blocks.length(i, sizeBytes);
            while (hole < holes.size() && holes.get(hole).end() < end) {
                hole++;
            }
            boolean empty = hole < holes.size() && holes.get(hole).position() <= start;
            if (!logged.get((int) i) && !empty) {
                scratch.clear().limit((int) (end - start));
                image.read(scratch, start);
                physical.set(i, hasher.hash(scratch.flip()));
            }
        }
    }

    /** Forgets the places of another snapshot; what lies in the image stays known. */
    void restart() throws IOException {
        for (int i = put.nextSetBit(0); i >= 0; i = put.nextSetBit(i + 1)) {
            target.set(i, basis.blockCount() > i ? basis.hash(i) : BlockHash.ZERO);
        }
        put.clear();
        for (long i = 0; image != null && i < Blocks.count(sizeBytes); i++) {
            if (!physical.hash(i).isZero()) {
                staged.logDirect(number, i, physical.hash(i), false);
            }
        }
    }

    /** Removes from the image of a first copy what no block of the target needs. */
    void settle() throws IOException {
        for (long i = 0; i < Blocks.count(sizeBytes); i++) {
            if (target.hash(i).isZero() && !physical.hash(i).isZero()) {
                punch(i, i + 1);
            } else if (!target.hash(i).equals(physical.hash(i))) {
                throw new Damage("first copy of " + name + " without the content of block " + i);
            }
        }
    }

    /** Makes the image of a first copy durable. */
    void force() throws IOException {
        image.force();
    }

    /** Reads block 0 of a first copy, ready to be read from; false when it is not complete. */
    boolean readFirst(ByteBuffer target) throws IOException {
        target.clear().limit(Blocks.length(0, sizeBytes));
        boolean complete = image.read(target, 0) == target.limit();
        target.flip();
        return complete;
    }

    /** Closes the image; nothing may follow. */
    @Override
    public void close() throws IOException {
        if (image != null) {
            image.close();
        }
    }
}
