package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one step back out of several: what leads from a point to an older one without those between
 * them. Writes to the system's {@code joining} directory only.
 */
final class Joining {

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final List<Long> run;
    private final long older;
    private final Progress progress;

    /**
     * Joins.
     *
     * @param run the points that go, ascending
     * @param older the point that stays and needs them
     */
    Joining(SystemStore store, List<Long> run, long older, Progress progress) {
        this.store = store;
        this.files = store.tools().files();
        this.paths = store.paths();
        this.run = run;
        this.older = older;
        this.progress = progress;
    }

    /** Prepares every volume of the older point and says what the decision has to know. */
    void prepare(Map<String, String> decision) throws IOException, Refusal {
        for (PooledVolume volume : volumes()) {
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            if (volume.kind() == VolumeKind.TREE) {
                joinTree(volume.name(), decision);
            } else if (!files.exists(SystemFiles.clone(paths.older(older), volume.name()))) {
                prepareDisk(volume);
            }
        }
    }

    private List<PooledVolume> volumes() throws Refusal {
        return store.state().point(older).point().volumes();
    }

    private void prepareDisk(PooledVolume volume) throws IOException, Refusal {
        for (long number : run) {
            if (files.exists(SystemFiles.clone(paths.older(number), volume.name()))) {
                makeWhole(volume);
                return;
            }
        }
        joinDisk(volume);
    }

    /** One block of the joined table, and where its content lies now. */
    private record Block(BlockHash hash, PoolFile file, long position) {}

    private void joinDisk(PooledVolume volume) throws IOException, Refusal {
        TreeMap<Long, Block> joined = new TreeMap<>();
        List<PoolFile> open = new ArrayList<>();
        long blocks = Blocks.count(volume.sizeBytes());
        try {
            List<Long> layers = new ArrayList<>(List.of(older));
            layers.addAll(run);
            // what an older delta says hides what a newer one says
            for (long number : layers) {
                Path delta = SystemFiles.diskDelta(paths.older(number), volume.name());
                if (number != older && !files.exists(delta)) {
                    // the point did not have this volume yet, so neither has the older one
                    continue;
                }
                PoolFile file = files.open(delta, PoolFiles.Mode.READ);
                open.add(file);
                BlockTable.read(
                        files,
                        delta,
                        BlockTable.DELTA,
                        (index, hash, position) -> {
                            if (index < blocks) {
                                joined.putIfAbsent(index, new Block(hash, file, position));
                            }
                        });
            }
            store.checkSpace(joined.size() * (long) Blocks.SIZE);
            write(volume, joined);
        } finally {
            for (PoolFile file : open) {
                file.close();
            }
        }
    }

    private void write(PooledVolume volume, TreeMap<Long, Block> joined)
            throws IOException, Refusal {
        Path target = SystemFiles.diskDelta(paths.joining(), volume.name());
        long size = volume.sizeBytes();
        try (PoolFile out = files.open(target, PoolFiles.Mode.REPLACE)) {
            long position = BlockTable.contentStart(joined.size());
            try (BlockTable.Writer table =
                    new BlockTable.Writer(out, BlockTable.DELTA, size, joined.size())) {
                for (Map.Entry<Long, Block> entry : joined.entrySet()) {
                    if (progress.cancelled()) {
                        throw Refusal.of("pool.cancelled");
                    }
                    long index = entry.getKey();
                    Block block = entry.getValue();
                    if (block.position() < 0) {
                        table.add(index, block.hash(), BlockTable.ZERO_CONTENT);
                        continue;
                    }
                    int length = Blocks.length(index, size);
                    if (!out.share(block.file(), block.position(), position, length)) {
                        Copies.range(block.file(), block.position(), out, position, length);
                    }
                    table.add(index, block.hash(), position);
                    position = BlockTable.align(position + length);
                }
            }
            out.force();
        }
    }

    /** The older point leans on a clone that goes: it becomes a clone itself. */
    private void makeWhole(PooledVolume volume) throws IOException, Refusal {
        Path image = SystemFiles.clone(paths.joining(), volume.name());
        try (DiskAt disk = DiskAt.open(files, paths, store.state().numbers(), older, volume);
                PoolFile out = files.open(image, PoolFiles.Mode.REPLACE)) {
            Images.write(disk, out, progress, () -> store.checkSpace(volume.sizeBytes() / 2));
            DiskManifest manifest = disk.manifest();
            StoredDiskManifest.write(
                    files, SystemFiles.cloneManifest(paths.joining(), volume.name()), manifest);
        }
    }

    private void joinTree(String volume, Map<String, String> decision) throws IOException, Refusal {
        Map<TreePath, TreeDelta.Item> joined = new TreeMap<>();
        long next = 0;
        for (TreeDelta.Item item : items(older, volume)) {
            joined.put(item.path(), item);
            if (item instanceof TreeDelta.Item.Node(TreeEntry _, long node)) {
                next = Math.max(next, node + 1);
            }
        }
        for (long number : run) {
            if (!files.exists(SystemFiles.treeDelta(paths.older(number), volume))) {
                continue;
            }
            long offset = next;
            decision.put(Removal.offsetKey(volume, number), String.valueOf(offset));
            for (TreeDelta.Item item : items(number, volume)) {
                if (item instanceof TreeDelta.Item.Node(TreeEntry _, long node)) {
                    next = Math.max(next, offset + node + 1);
                }
                joined.merge(
                        item.path(), moved(item, offset), (first, second) -> join(first, second));
            }
        }
        TreeDelta.write(
                files,
                SystemFiles.treeDelta(paths.joining(), volume),
                List.copyOf(joined.values()));
    }

    private List<TreeDelta.Item> items(long number, String volume) throws IOException, Refusal {
        return TreeDelta.read(files, SystemFiles.treeDelta(paths.older(number), volume));
    }

    private static TreeDelta.Item moved(TreeDelta.Item item, long offset) {
        return item instanceof TreeDelta.Item.Node(TreeEntry entry, long node)
                ? new TreeDelta.Item.Node(entry, node + offset)
                : item;
    }

    /**
     * What an older delta says hides what a newer one says, but content that the older one only
     * says is the same comes from the newer one.
     */
    private static TreeDelta.Item join(TreeDelta.Item first, TreeDelta.Item second) {
        boolean content =
                first instanceof TreeDelta.Item.SameContent
                        && second instanceof TreeDelta.Item.Node;
        return content
                ? new TreeDelta.Item.Node(
                        ((TreeDelta.Item.SameContent) first).entry(),
                        ((TreeDelta.Item.Node) second).number())
                : first;
    }
}
