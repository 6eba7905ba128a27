package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A small file tree of a protected system at one instant. Immutable. */
final class SourceTree {

    private static final int BIG_BYTES = 70_000;
    private static final long FIRST_TIME = 1_700_000_000_123_456_789L;

    private final TreeMap<TreePath, TreeEntry> entries;
    private final Map<BlockHash, Block> contents;
    private final TreeManifest manifest;

    private SourceTree(
            TreeMap<TreePath, TreeEntry> entries,
            Map<BlockHash, Block> contents,
            TreeManifest manifest) {
        this.entries = entries;
        this.contents = contents;
        this.manifest = manifest;
    }

    static SourceTree random(RandomGenerator random) {
        TreeMap<TreePath, TreeEntry> root = new TreeMap<>();
        root.put(TreePath.ROOT, TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, FIRST_TIME));
        SourceTree tree = new SourceTree(root, new HashMap<>(), TreeManifest.of(root.values()));
        return tree.changed(random).changed(random);
    }

    TreeManifest manifest() {
        return manifest;
    }

    Block content(BlockHash hash) {
        return contents.get(hash);
    }

    /** After some changes. */
    SourceTree changed(RandomGenerator random) {
        SourceTree tree = this;
        for (int n = random.nextInt(9); n > 0; n--) {
            Draft draft = new Draft(tree, random);
            try {
                draft.act(path(random));
                tree =
                        new SourceTree(
                                draft.entries,
                                draft.contents,
                                TreeManifest.of(draft.entries.values()));
            } catch (IllegalArgumentException noTree) {
                // a child without parent, a link to what is gone: taken back
                continue;
            }
        }
        return tree;
    }

    private static TreePath path(RandomGenerator random) {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(4)));
        }
        return TreePath.of(path.toString());
    }

    /** A tree while it changes. */
    private static final class Draft {

        final TreeMap<TreePath, TreeEntry> entries;
        final Map<BlockHash, Block> contents;
        private final RandomGenerator random;

        Draft(SourceTree tree, RandomGenerator random) {
            this.entries = new TreeMap<>(tree.entries);
            this.contents = new HashMap<>(tree.contents);
            this.random = random;
        }

        void act(TreePath path) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    remove(path);
                    file(path);
                }
                case 3, 4 -> {
                    remove(path);
                    put(path, EntryKind.DIRECTORY, 0, List.of(), HashList.EMPTY);
                }
                case 5 -> {
                    remove(path);
                    put(path, EntryKind.SYMLINK, 0, List.of(), HashList.EMPTY);
                }
                case 6 -> {
                    remove(path);
                    put(
                            path,
                            random.nextBoolean() ? EntryKind.FIFO : EntryKind.BLOCK_DEVICE,
                            0,
                            List.of(),
                            HashList.EMPTY);
                }
                case 7 -> {
                    remove(path);
                    TreePath first = path(random);
                    entries.put(path, TreeEntry.hardLink(path, first));
                }
                case 8 -> remove(path);
                default -> moreChanges(path);
            }
        }

        private void moreChanges(TreePath path) {
            TreeEntry old = entries.get(path);
            if (old == null) {
                return;
            }
            if (random.nextBoolean()) {
                move(path, path(random));
            } else if (old.kind() == EntryKind.FILE || old.kind() == EntryKind.DIRECTORY) {
                put(path, old.kind(), old.sizeBytes(), old.holes(), old.blocks());
            }
        }

        private void move(TreePath from, TreePath to) {
            if (to.isBelow(from) || from.isBelow(to) || from.equals(to)) {
                return;
            }
            remove(to);
            List<TreeEntry> moved =
                    entries.values().stream()
                            .filter(e -> e.path().equals(from) || e.path().isBelow(from))
                            .toList();
            remove(from);
            int cut = from.toString().length();
            for (TreeEntry entry : moved) {
                TreePath at = TreePath.of(to + entry.path().toString().substring(cut));
                entries.put(at, entry.at(at));
            }
        }

        private void remove(TreePath gone) {
            entries.keySet().removeIf(other -> other.equals(gone) || other.isBelow(gone));
        }

        private void file(TreePath path) {
            int size =
                    switch (random.nextInt(8)) {
                        case 0 -> 0;
                        case 1 -> BIG_BYTES + random.nextInt(BIG_BYTES);
                        default -> 1 + random.nextInt(3000);
                    };
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            List<ByteRange> holes = new ArrayList<>();
            if (size > BIG_BYTES && random.nextInt(3) == 0) {
                int start = 4096 * random.nextInt(4);
                int end = start + 4096 * (1 + random.nextInt(12));
                Arrays.fill(bytes, start, end, (byte) 0);
                holes.add(new ByteRange(start, end - start));
            }
            List<BlockHash> hashes = new ArrayList<>();
            for (int at = 0; at < size; at += Blocks.SIZE) {
                Block block =
                        Block.of(Arrays.copyOfRange(bytes, at, Math.min(at + Blocks.SIZE, size)));
                hashes.add(block.hash());
                contents.put(block.hash(), block);
            }
            put(path, EntryKind.FILE, size, holes, HashList.of(hashes));
        }

        private void put(
                TreePath path, EntryKind kind, long size, List<ByteRange> holes, HashList blocks) {
            boolean plain = kind == EntryKind.FILE || kind == EntryKind.DIRECTORY;
            List<ExtendedAttribute> attributes =
                    plain && random.nextInt(4) == 0
                            ? List.of(
                                    new ExtendedAttribute(
                                            RawBytes.of("user.n"),
                                            RawBytes.of("" + random.nextInt(99))))
                            : List.of();
            entries.put(
                    path,
                    new TreeEntry(
                            path,
                            kind,
                            kind == EntryKind.SYMLINK ? 0777 : random.nextInt(07777),
                            random.nextInt(3),
                            random.nextInt(3),
                            FIRST_TIME + random.nextInt(),
                            size,
                            kind == EntryKind.SYMLINK ? target() : TreeEntry.NO_TARGET,
                            kind.isDevice() ? random.nextInt(9) : 0,
                            kind.isDevice() ? random.nextInt(9) : 0,
                            attributes,
                            holes,
                            blocks));
        }

        /** Half of the links lead out of the tree, to what must not be touched. */
        private RawBytes target() {
            return RawBytes.of(
                    switch (random.nextInt(4)) {
                        case 0 -> "/outside";
                        case 1 -> "../../../../../outside/secret";
                        default -> "x" + random.nextInt(9);
                    });
        }
    }
}
