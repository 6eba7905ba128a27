package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads pieces of a volume for the scrub, each while nothing changes. For one thread. */
final class ScrubReader {

    private static final int BLOCKS = 256;
    private static final long BYTES = (long) BLOCKS * Blocks.SIZE;

    private final PoolFiles files;
    private final SystemStore store;
    private final SystemFiles paths;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);

    /** What the last piece needed is needed by the next one, as long as the points are the same. */
    private String knownFor = "";

    private DiskManifest disk;
    private TreeManifest tree;
    private LongList own;
    private List<TreeDelta.Item> items;

    ScrubReader(PoolFiles files, SystemStore store) {
        this.files = files;
        this.store = store;
        this.paths = store.paths();
    }

    /**
     * What a piece brought.
     *
     * @param firstIndex where it began
     * @param nextIndex where the next one begins
     * @param looked the files of a tree, or the nodes of an older one, that it looked at
     */
    record Piece(
            Scrub.Unit unit,
            long firstIndex,
            long nextIndex,
            boolean last,
            long readBytes,
            List<DamageList.Item> bad,
            Set<TreePath> looked) {

        /** Whether this piece looked at a block that was once damaged. */
        boolean covers(DamageList.Item item) {
            WantedBlock block = item.block();
            boolean mine =
                    item.point() == (unit.newest() ? 0 : unit.number())
                            && block.volume().equals(unit.volume().name());
            return mine
                    && (block.file().isPresent()
                            ? looked.contains(block.file().get())
                            : block.index() >= firstIndex && block.index() < nextIndex);
        }
    }

    Piece read(Scrub.Unit unit, long index) throws IOException, Refusal {
        return store.reading(state -> read(state, unit, index));
    }

    private Piece read(SystemState state, Scrub.Unit unit, long index) throws IOException, Refusal {
        Optional<PooledVolume> volume = volume(state, unit);
        if (volume.isEmpty()) {
            return piece(unit, index, index, true, 0, List.of());
        }
        String key = state.newest().map(RecoveryPoint::id).orElse("") + state.numbers() + unit;
        if (!key.equals(knownFor)) {
            forget();
            knownFor = key;
        }
        try {
            if (volume.get().kind() == VolumeKind.DISK) {
                return unit.newest()
                        ? newestDisk(unit, volume.get(), index)
                        : olderDisk(state, unit, volume.get(), index);
            }
            return unit.newest() ? newestTree(unit, volume.get(), index) : olderTree(unit, index);
        } catch (Damage | FileSystemException broken) {
            // not a block, but the way to all of them: the verification and the repair say more
            return piece(unit, index, index, true, 0, List.of());
        }
    }

    private static Optional<PooledVolume> volume(SystemState state, Scrub.Unit unit) {
        Optional<RecoveryPoint> point =
                unit.newest()
                        ? state.newest()
                        : state.points().stream()
                                .filter(other -> other.number() == unit.number())
                                .findFirst();
        return point.flatMap(found -> found.volume(unit.volume().name()));
    }

    private void forget() {
        disk = null;
        tree = null;
        own = null;
        items = null;
    }

    private static Piece piece(
            Scrub.Unit unit,
            long first,
            long next,
            boolean last,
            long bytes,
            List<DamageList.Item> bad) {
        return piece(unit, first, next, last, bytes, bad, Set.of());
    }

    private static Piece piece(
            Scrub.Unit unit,
            long first,
            long next,
            boolean last,
            long bytes,
            List<DamageList.Item> bad,
            Set<TreePath> looked) {
        return new Piece(unit, first, next, last, bytes, bad, looked);
    }

    private boolean isAt(PoolFile file, long position, int length, BlockHash hash)
            throws IOException {
        int got = file.read(buffer.clear().limit(length), position);
        return got == length && hasher.hash(buffer.flip()).equals(hash);
    }

    private Piece newestDisk(Scrub.Unit unit, PooledVolume volume, long first)
            throws IOException, Refusal {
        String name = volume.name();
        if (disk == null) {
            disk = StoredDiskManifest.read(files, paths.diskManifest(name));
            if (!disk.root().equals(volume.root())) {
                throw new Damage("manifest of " + name);
            }
        }
        long end = Math.min(first + BLOCKS, disk.blockCount());
        List<DamageList.Item> bad = new ArrayList<>();
        long bytes = 0;
        try (PoolFile image = files.open(paths.image(name), PoolFiles.Mode.READ)) {
            for (long i = first; i < end; i++) {
                int length = Blocks.length(i, disk.sizeBytes());
                bytes += length;
                if (!isAt(image, i * Blocks.SIZE, length, disk.hash(i))) {
                    bad.add(item(0, name, Optional.empty(), i, disk.hash(i)));
                }
            }
        }
        return piece(unit, first, end, end >= disk.blockCount(), bytes, bad);
    }

    private static DamageList.Item item(
            long point, String volume, Optional<TreePath> file, long index, BlockHash hash) {
        return new DamageList.Item(point, new WantedBlock(volume, file, index, hash));
    }

    /** Only what the next newer point has not got in the same storage: the rest was read there. */
    private Piece olderDisk(SystemState state, Scrub.Unit unit, PooledVolume volume, long first)
            throws IOException, Refusal {
        List<Long> numbers = state.numbers();
        List<DamageList.Item> bad = new ArrayList<>();
        long bytes = 0;
        try (DiskAt at = DiskAt.open(files, paths, numbers, unit.number(), volume)) {
            if (own == null) {
                own =
                        OwnBlocks.of(
                                files,
                                paths,
                                numbers,
                                state.points(),
                                unit.number(),
                                volume.name(),
                                at);
            }
            int next = own.firstNotBelow(first);
            int stop = Math.min(next + BLOCKS * 4, own.size());
            long end = stop < own.size() ? own.get(stop) : at.manifest().blockCount();
            for (int i = next; i < stop; i++) {
                long index = own.get(i);
                boolean right = at.read(index, buffer);
                bytes += buffer.limit();
                if (!right) {
                    BlockHash hash = at.manifest().hash(index);
                    bad.add(item(unit.number(), volume.name(), Optional.empty(), index, hash));
                }
            }
            return piece(unit, first, end, stop >= own.size(), bytes, bad);
        }
    }

    private Piece newestTree(Scrub.Unit unit, PooledVolume volume, long first)
            throws IOException, Refusal {
        String name = volume.name();
        if (tree == null) {
            tree = StoredTreeManifest.read(files, paths.treeManifest(name));
            if (!tree.root().equals(volume.root())) {
                throw new Damage("manifest of " + name);
            }
        }
        List<DamageList.Item> bad = new ArrayList<>();
        Set<TreePath> looked = new HashSet<>();
        long bytes = 0;
        long at = first;
        try (TreeFiles root = files.tree(paths.tree(name))) {
            while (at < tree.size() && at - first < BLOCKS && bytes < BYTES) {
                TreeEntry entry = tree.get((int) at++);
                if (entry.kind() == EntryKind.FILE) {
                    looked.add(entry.path());
                    bytes += check(root, entry.path(), entry, 0, name, bad);
                }
            }
        }
        return piece(unit, first, at, at >= tree.size(), bytes, bad, looked);
    }

    private long check(
            TreeFiles root,
            TreePath path,
            TreeEntry entry,
            long point,
            String volume,
            List<DamageList.Item> bad)
            throws IOException {
        Optional<TreePath> named = Optional.of(path);
        try (PoolFile file = root.open(path, PoolFiles.Mode.READ)) {
            for (int block = 0; block < entry.blocks().size(); block++) {
                int length = Blocks.length(block, entry.sizeBytes());
                BlockHash hash = entry.blocks().get(block);
                if (!isAt(file, (long) block * Blocks.SIZE, length, hash)) {
                    bad.add(item(point, volume, named, block, hash));
                }
            }
        } catch (FileSystemException gone) {
            for (int block = 0; block < entry.blocks().size(); block++) {
                bad.add(item(point, volume, named, block, entry.blocks().get(block)));
            }
        }
        return entry.sizeBytes();
    }

    private Piece olderTree(Scrub.Unit unit, long first) throws IOException, Refusal {
        String name = unit.volume().name();
        Path older = paths.older(unit.number());
        if (items == null) {
            items = TreeDelta.read(files, SystemFiles.treeDelta(older, name));
        }
        List<DamageList.Item> bad = new ArrayList<>();
        Set<TreePath> looked = new HashSet<>();
        long bytes = 0;
        long at = first;
        try (TreeFiles nodes = files.tree(SystemFiles.treeDeltaNodes(older, name))) {
            while (at < items.size() && at - first < BLOCKS && bytes < BYTES) {
                if (items.get((int) at++)
                        instanceof TreeDelta.Item.Node(TreeEntry entry, long node)) {
                    TreePath path = TreePlan.nodeName(node);
                    looked.add(path);
                    bytes += check(nodes, path, entry, unit.number(), name, bad);
                }
            }
        }
        return piece(unit, first, at, at >= items.size(), bytes, bad, looked);
    }
}
