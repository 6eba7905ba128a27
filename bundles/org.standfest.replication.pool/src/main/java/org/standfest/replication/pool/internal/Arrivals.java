package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes what a session brings: checks it against its hash, counts it, asks whether there is room,
 * and puts it where it belongs, as {@link org.standfest.replication.pool.IncomingPoint} says. The
 * caller has the monitor of the system.
 */
final class Arrivals {

    private static final int MAX_ASKED = 65_536;
    private static final int MAX_ROW_BYTES = 1 << 20;
    private static final long SPACE_STEP = 64L << 20;

    private final SystemStore store;
    private final StagedContent staged;
    private final Map<String, IncomingDisk> disks;
    private final Map<String, IncomingTree> trees;
    private final CommitSource source;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(Blocks.SIZE);
    private long receivedBytes;
    private long spaceCheckedAt;

    Arrivals(
            SystemStore store,
            StagedContent staged,
            Map<String, IncomingDisk> disks,
            Map<String, IncomingTree> trees,
            CommitSource source) {
        this.store = store;
        this.staged = staged;
        this.disks = disks;
        this.trees = trees;
        this.source = source;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    void putBlock(String volume, long index, BlockHash hash, ByteBuffer content)
            throws IOException, Refusal {
        IncomingDisk disk = disk(volume);
        if (content.remaining() != disk.length(index)) {
            throw Refusal.of("pool.content-wrong", volume, index);
        }
        check(hash, content, volume, index);
        received(content.remaining());
        if (hash.isZero()) {
            disk.zero(index, 1);
        } else {
            disk.place(index, hash, content);
        }
    }

    List<BlockHash> putRow(String volume, long firstIndex, ByteBuffer content)
            throws IOException, Refusal {
        IncomingDisk disk = disk(volume);
        List<BlockHash> hashes = hashes(disk, firstIndex, content);
        received(content.remaining());
        disk.placeRow(firstIndex, hashes, content);
        return hashes;
    }

    private List<BlockHash> hashes(IncomingDisk disk, long firstIndex, ByteBuffer content)
            throws Refusal {
        int total = content.remaining();
        if (total < 1 || total > MAX_ROW_BYTES) {
            throw Refusal.of("pool.content-wrong", disk.name(), firstIndex);
        }
        List<BlockHash> hashes = new ArrayList<>();
        for (int at = 0; at < total; ) {
            long index = firstIndex + hashes.size();
            int length = disk.length(index);
            if (length > total - at) {
                throw Refusal.of("pool.content-wrong", disk.name(), index);
            }
            hashes.add(hasher.hash(content.slice(content.position() + at, length)));
            at += length;
        }
        return hashes;
    }

    void check(BlockHash hash, ByteBuffer content, Object where, Object index) throws Refusal {
        if (!hasher.hash(content).equals(hash)) {
            throw Refusal.of("pool.content-wrong", where, index);
        }
    }

    /** Counts, and asks now and then whether there is still room. */
    private void received(int bytes) throws IOException, Refusal {
        if (receivedBytes >= spaceCheckedAt) {
            store.checkSpace(SPACE_STEP);
            store.checkQuota(SPACE_STEP / 2);
            spaceCheckedAt = receivedBytes + SPACE_STEP / 2;
        }
        receivedBytes += bytes;
    }

    boolean putKnown(String volume, long index, BlockHash hash) throws IOException, Refusal {
        IncomingDisk disk = disk(volume);
        int length = disk.length(index);
        if (hash.isZero()) {
            disk.zero(index, 1);
            return true;
        }
        if (disk.placeKnown(index, hash)) {
            return true;
        }
        if (source.read(hash, scratch) && scratch.remaining() == length) {
            disk.place(index, hash, scratch);
            return true;
        }
        return false;
    }

    boolean readOlder(String volume, long index, ByteBuffer target) {
        IncomingDisk disk = disks.get(volume);
        if (disk == null) {
            return false;
        }
        try {
            int length = disk.olderLength(index);
            return length > 0 && source.readDisk(volume, index, length, target);
        } catch (IOException unreadable) {
            // nobody depends on it: the whole block travels then
            return false;
        }
    }

    void putZero(String volume, long firstIndex, long count) throws IOException, Refusal {
        IncomingDisk disk = disk(volume);
        if (count < 1) {
            throw Refusal.of("pool.request-wrong", "zero range");
        }
        disk.length(firstIndex);
        disk.length(Math.addExact(firstIndex, count - 1));
        disk.zero(firstIndex, count);
    }

    void putEntry(String volume, TreeEntry entry) throws IOException, Refusal {
        tree(volume).put(entry);
    }

    void removeEntry(String volume, TreePath path) throws IOException, Refusal {
        tree(volume).remove(path);
    }

    Set<BlockHash> lacking(Collection<BlockHash> hashes) throws IOException, Refusal {
        if (hashes.size() > MAX_ASKED) {
            throw Refusal.of("pool.request-wrong", "number of hashes");
        }
        Set<BlockHash> lacking = new HashSet<>();
        for (BlockHash hash : hashes) {
            if (!source.has(hash)) {
                lacking.add(hash);
            }
        }
        return lacking;
    }

    void putContent(BlockHash hash, ByteBuffer content) throws IOException, Refusal {
        if (content.remaining() < 1 || content.remaining() > Blocks.SIZE) {
            throw Refusal.of("pool.content-wrong", hash, content.remaining());
        }
        check(hash, content, hash, content.remaining());
        if (!hash.isZero()) {
            received(content.remaining());
            take(hash, content);
        }
    }

    /** Content goes to the files that wait for it, otherwise it is kept for the commit. */
    private void take(BlockHash hash, ByteBuffer content) throws IOException, Refusal {
        boolean taken = false;
        for (IncomingTree tree : trees.values()) {
            taken |= tree.content(hash, content);
        }
        if (!taken && !source.has(hash)) {
            staged.add(hash, content);
        }
    }

    private IncomingDisk disk(String volume) throws Refusal {
        IncomingDisk disk = disks.get(volume);
        if (disk == null) {
            throw Refusal.of("pool.volume-unknown", volume, store.state().name());
        }
        return disk;
    }

    private IncomingTree tree(String volume) throws Refusal {
        IncomingTree tree = trees.get(volume);
        if (tree == null) {
            throw Refusal.of("pool.volume-unknown", volume, store.state().name());
        }
        return tree;
    }
}
