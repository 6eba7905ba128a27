package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A tree in memory as an agent sees it. */
final class TestTree {

    private final TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();
    private final Map<BlockHash, byte[]> contents = new HashMap<>();
    private final BlockHasher hasher = new BlockHasher();
    private long time = 1_700_000_000_123_456_789L;

    TestTree() {
        directory("");
    }

    TestTree copy() {
        TestTree copy = new TestTree();
        copy.entries.clear();
        copy.entries.putAll(entries);
        copy.contents.putAll(contents);
        copy.time = time;
        return copy;
    }

    private long tick() {
        time += 1_000_000_007L;
        return time;
    }

    void put(TreeEntry entry) {
        entries.put(entry.path(), entry);
    }

    void directory(String path) {
        put(TreeEntry.directory(TreePath.of(path), 0755, 0, 0, tick()));
    }

    void file(String path, int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        file(path, content, List.of());
    }

    void file(String path, byte[] content, List<ByteRange> holes) {
        List<BlockHash> hashes = new ArrayList<>();
        for (int at = 0; at < content.length; at += Blocks.SIZE) {
            byte[] block =
                    Arrays.copyOfRange(content, at, Math.min(at + Blocks.SIZE, content.length));
            BlockHash hash = hasher.hash(block, 0, block.length);
            hashes.add(hash);
            contents.put(hash, block);
        }
        put(
                entry(
                        path,
                        EntryKind.FILE,
                        0640,
                        content.length,
                        "",
                        0,
                        0,
                        List.of(),
                        holes,
                        HashList.of(hashes)));
    }

    private TreeEntry entry(
            String path,
            EntryKind kind,
            int mode,
            long size,
            String target,
            long major,
            long minor,
            List<ExtendedAttribute> attributes,
            List<ByteRange> holes,
            HashList blocks) {
        return new TreeEntry(
                TreePath.of(path),
                kind,
                mode,
                0,
                0,
                tick(),
                size,
                RawBytes.of(target),
                major,
                minor,
                attributes,
                holes,
                blocks);
    }

    void symlink(String path, String target) {
        put(
                entry(
                        path,
                        EntryKind.SYMLINK,
                        0777,
                        0,
                        target,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        HashList.EMPTY));
    }

    void fifo(String path) {
        put(entry(path, EntryKind.FIFO, 0600, 0, "", 0, 0, List.of(), List.of(), HashList.EMPTY));
    }

    void hardLink(String path, String first) {
        put(TreeEntry.hardLink(TreePath.of(path), TreePath.of(first)));
    }

    /** Whether attributes can be given to what stands here. */
    boolean isPlain(String path) {
        TreeEntry entry = entries.get(TreePath.of(path));
        return entry != null
                && (entry.kind() == EntryKind.FILE || entry.kind() == EntryKind.DIRECTORY);
    }

    /** Owner, mode, time and attributes change, the content stays. */
    void attributes(String path, int mode, List<ExtendedAttribute> attributes) {
        TreeEntry old = entries.get(TreePath.of(path));
        put(
                new TreeEntry(
                        old.path(),
                        old.kind(),
                        mode,
                        0,
                        0,
                        tick(),
                        old.sizeBytes(),
                        old.target(),
                        0,
                        0,
                        attributes,
                        old.holes(),
                        old.blocks()));
    }

    void remove(String path) {
        TreePath gone = TreePath.of(path);
        entries.keySet().removeIf(other -> other.equals(gone) || other.isBelow(gone));
    }

    void rename(String from, String to) {
        TreePath old = TreePath.of(from);
        List<TreeEntry> moved =
                entries.values().stream()
                        .filter(entry -> entry.path().equals(old) || entry.path().isBelow(old))
                        .toList();
        remove(from);
        for (TreeEntry entry : moved) {
            put(entry.at(TreePath.of(to + entry.path().toString().substring(from.length()))));
        }
    }

    TreeManifest manifest() {
        return TreeManifest.of(entries.values());
    }

    /** Sends what differs from a basis, as an agent does. */
    void send(IncomingPoint point, String volume, TreeManifest basis) {
        List<BlockHash> needed = new ArrayList<>();
        for (TreeChange change : manifest().changesSince(basis)) {
            switch (change) {
                case TreeChange.Put(TreeEntry entry) -> {
                    point.putEntry(volume, entry).orThrow();
                    for (int i = 0; i < entry.blocks().size(); i++) {
                        needed.add(entry.blocks().get(i));
                    }
                }
                case TreeChange.Removed(TreePath path) -> point.removeEntry(volume, path).orThrow();
            }
        }
        Set<BlockHash> lacking = point.lacking(needed).orThrow();
        lacking.forEach(
                hash -> point.putContent(hash, ByteBuffer.wrap(contents.get(hash))).orThrow());
    }
}
