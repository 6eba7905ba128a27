package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree as one recovery point has it, and where the content of its files lies. Its manifest is
 * proved by the point's root. The caller holds the system's content lock. For one thread.
 */
final class TreeAt implements BlockSource {

    private final PoolFiles files;
    private final SystemFiles paths;
    private final String volume;
    private final TreeManifest manifest;
    private final Map<TreePath, Place> oldFiles;
    private final Map<Long, TreeFiles> roots = new HashMap<>();
    private final BlockHasher hasher = new BlockHasher();
    private PoolFile file;
    private TreePath open;

    private TreeAt(
            PoolFiles files,
            SystemFiles paths,
            String volume,
            TreeManifest manifest,
            Map<TreePath, Place> oldFiles) {
        this.files = files;
        this.paths = paths;
        this.volume = volume;
        this.manifest = manifest;
        this.oldFiles = oldFiles;
    }

    /** Where a file's content lies: as a numbered node of an older point. */
    private record Place(long older, long node) {}

    /** Opens the tree; parameters as for {@link DiskAt#open}. */
    static TreeAt open(
            PoolFiles files,
            SystemFiles paths,
            List<Long> numbers,
            long number,
            PooledVolume volume)
            throws IOException, Refusal {
        TreeManifest manifest = StoredTreeManifest.read(files, paths.treeManifest(volume.name()));
        Map<TreePath, TreeChange> changes = new HashMap<>();
        Map<TreePath, Place> places = new HashMap<>();
        for (long at : numbers) {
            if (at < number || at == numbers.getFirst()) {
                continue;
            }
            Path delta = SystemFiles.treeDelta(paths.older(at), volume.name());
            // going back, an older delta overrides a newer one, but only where it says something
            // about the content
            for (TreeDelta.Item item : TreeDelta.read(files, delta)) {
                changes.put(item.path(), item.change());
                if (item instanceof TreeDelta.Item.Node(TreeEntry entry, long node)) {
                    places.put(entry.path(), new Place(at, node));
                }
            }
        }
        try {
            TreeManifest wanted = changes.isEmpty() ? manifest : manifest.with(changes.values());
            if (!wanted.root().equals(volume.root())) {
                throw new Damage(
                        "way to "
                                + volume.name()
                                + " that does not lead to its recovery point's root");
            }
            return new TreeAt(files, paths, volume.name(), wanted, places);
        } catch (IllegalArgumentException wrong) {
            throw new Damage("reverse delta of " + volume.name() + " that makes no tree", wrong);
        }
    }

    TreeManifest manifest() {
        return manifest;
    }

    /** Reads a block; Damage when it is not what was committed. */
    @Override
    public void read(TreeEntry entry, int block, ByteBuffer target) throws IOException {
        if (!entry.path().equals(open)) {
            closeFile();
            file = openFile(entry.path());
            open = entry.path();
        }
        int length = Blocks.length(block, entry.sizeBytes());
        String what = entry.path().toString();
        FileStreams.readFully(file, target.limit(length), (long) block * Blocks.SIZE, what);
        if (!hasher.hash(target.flip()).equals(entry.blocks().get(block))) {
            throw new Damage(entry.path() + " block " + block);
        }
    }

    @SuppressWarnings("resource") // closed by whoever holds it
    private PoolFile openFile(TreePath entry) throws IOException {
        Place place = oldFiles.get(entry);
        long older = place == null ? 0 : place.older();
        TreeFiles root = roots.get(older);
        if (root == null) {
            root =
                    files.tree(
                            place == null
                                    ? paths.tree(volume)
                                    : SystemFiles.treeDeltaNodes(paths.older(older), volume));
            roots.put(older, root);
        }
        return root.open(
                place == null ? entry : TreePlan.nodeName(place.node()), PoolFiles.Mode.READ);
    }

    private void closeFile() throws IOException {
        if (file != null) {
            PoolFile closing = file;
            file = null;
            open = null;
            closing.close();
        }
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(roots.values());
        all.add(file);
        open = null;
        file = null;
        roots.clear();
        Closing.all(all);
    }
}
