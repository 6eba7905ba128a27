package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Content for a session by hash: what was received, otherwise what the newest point has anywhere.
 * Always checked; what turns out to be damaged in the pool is treated as missing from then on, so
 * that the agent sends it again.
 */
final class CommitSource implements BlockSource, Closeable {

    private final PoolFiles files;
    private final SystemFiles paths;
    private final StagedContent staged;
    private final Index index;
    private final List<FirstTree> firstTrees;
    private final Elsewhere elsewhere;
    private final BlockHasher hasher = new BlockHasher();
    private final Set<BlockHash> damaged = new HashSet<>();
    private final Map<String, TreeFiles> trees = new HashMap<>();
    private ByteBuffer scratch;
    private PoolFile open;
    private String openVolume;
    private TreePath openPath;

    /** The index, made when it is first needed: many sessions never ask. */
    interface Index {
        ContentIndex get() throws IOException, Refusal;
    }

    /** Content of other systems that this one may use. */
    interface Elsewhere {
        /** Reads a content into a cleared buffer, checked; false when there is none. */
        boolean read(BlockHash hash, ByteBuffer target) throws IOException;
    }

    /**
     * @param firstTrees first copies of trees on their way; what lies there is read, too
     */
    CommitSource(
            PoolFiles files,
            SystemFiles paths,
            StagedContent staged,
            Index index,
            List<FirstTree> firstTrees,
            Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.firstTrees = firstTrees;
        this.files = files;
        this.paths = paths;
        this.staged = staged;
        this.index = index;
    }

    /** Whether a content is at hand, as far as one knows without reading it. */
    boolean has(BlockHash hash) throws IOException, Refusal {
        return hash.isZero()
                || staged.has(hash)
                || !damaged.contains(hash) && inFirstTree(hash)
                || !damaged.contains(hash) && index.get().find(hash).isPresent()
                || fetch(hash);
    }

    /** Takes a content of another system over, before that one changes. */
    private boolean fetch(BlockHash hash) throws IOException {
        if (scratch == null) {
            scratch = ByteBuffer.allocateDirect(Blocks.SIZE);
        }
        if (!elsewhere.read(hash, scratch)) {
            return false;
        }
        staged.add(hash, scratch);
        return true;
    }

    private boolean inFirstTree(BlockHash hash) {
        for (FirstTree tree : firstTrees) {
            if (tree.has(hash)) {
                return true;
            }
        }
        return false;
    }

    private boolean readFirstTree(BlockHash hash, ByteBuffer target) throws IOException {
        for (FirstTree tree : firstTrees) {
            if (tree.read(hash, target.clear()) && hasher.hash(target).equals(hash)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a content into a cleared buffer; false when it is not to be had. */
    boolean read(BlockHash hash, ByteBuffer target) throws IOException, Refusal {
        if (staged.read(hash, target) || readFirstTree(hash, target)) {
            return true;
        }
        Optional<ContentIndex.Place> place =
                damaged.contains(hash) ? Optional.empty() : index.get().find(hash);
        if (place.isEmpty()) {
            return elsewhere.read(hash, target);
        }
        boolean right;
        try {
            right = read(place.get(), target.clear()) && hasher.hash(target).equals(hash);
        } catch (FileSystemException gone) {
            right = false;
        }
        if (!right) {
            damaged.add(hash);
        }
        return right || elsewhere.read(hash, target);
    }

    /** Reads a block of a disk of the newest point as it lies there. */
    boolean readDisk(String volume, long index, int length, ByteBuffer target) throws IOException {
        openFile(volume, null);
        target.clear().limit(length);
        boolean complete = open.read(target, index * Blocks.SIZE) == length;
        target.flip();
        return complete;
    }

    private boolean read(ContentIndex.Place place, ByteBuffer target) throws IOException {
        switch (place) {
            case ContentIndex.Place.InDisk(String volume, long block, int length) -> {
                openFile(volume, null);
                target.limit(length);
                open.read(target, block * Blocks.SIZE);
            }
            case ContentIndex.Place.InTree(String volume, TreePath path, int block, int length) -> {
                openFile(volume, path);
                target.limit(length);
                open.read(target, (long) block * Blocks.SIZE);
            }
        }
        boolean complete = !target.hasRemaining();
        target.flip();
        return complete;
    }

    /** Keeps the last file open, because blocks of one file mostly come together. */
    @SuppressWarnings("resource") // closed by whoever holds it
    private void openFile(String volume, TreePath path) throws IOException {
        if (open != null && volume.equals(openVolume) && Objects.equals(path, openPath)) {
            return;
        }
        closeFile();
        if (path == null) {
            open = files.open(paths.image(volume), PoolFiles.Mode.READ);
        } else {
            if (!trees.containsKey(volume)) {
                trees.put(volume, files.tree(paths.tree(volume)));
            }
            open = trees.get(volume).open(path, PoolFiles.Mode.READ);
        }
        openVolume = volume;
        openPath = path;
    }

    private void closeFile() throws IOException {
        if (open != null) {
            PoolFile closing = open;
            open = null;
            closing.close();
        }
    }

    @Override
    public void read(TreeEntry entry, int block, ByteBuffer target) throws IOException, Refusal {
        if (!read(entry.blocks().get(block), target)) {
            throw Refusal.of("pool.content-missing", entry.path());
        }
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(trees.values());
        all.add(open);
        open = null;
        trees.clear();
        Closing.all(all);
    }
}
