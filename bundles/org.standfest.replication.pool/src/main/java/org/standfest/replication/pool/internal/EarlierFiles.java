package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What earlier attempts at a first copy of a tree wrote: {@code incoming/<volume>.whole.old<n>}.
 * Whatever lies there is hashed anew, so it does not matter what survived. For one thread.
 */
final class EarlierFiles implements Closeable {

    private static final int BLOCK_BITS = 30;
    private static final long BLOCK_MASK = (1L << BLOCK_BITS) - 1;

    private final PoolFiles files;
    private final Path folder;
    private final List<TreeFiles> trees = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final PlaceTable places = new PlaceTable(this::hashAt);
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
    private PoolFile open;
    private int openFile = -1;

    private record Found(TreeFiles tree, TreePath path, long sizeBytes, HashList blocks) {}

    EarlierFiles(PoolFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    private Path aside(int number) {
        return folder.resolveSibling(folder.getFileName() + ".old" + number);
    }

    /** Moves the folder to a place of its own among the earlier ones; where that is. */
    Path moveAside() throws IOException {
        int number = 0;
        while (files.exists(aside(number))) {
            number++;
        }
        files.rename(folder, aside(number));
        return aside(number);
    }

    /** Finds out what earlier attempts left. */
    void recover() throws IOException {
        try {
            if (files.exists(folder)) {
                moveAside();
            }
            for (int number = 0; files.exists(aside(number)); number++) {
                TreeFiles tree = files.tree(aside(number));
                trees.add(tree);
                hashAll(tree, TreePath.ROOT);
            }
        } catch (IOException | RuntimeException broken) {
            Closing.after(broken, List.of(this));
            throw broken;
        }
    }

    private void hashAll(TreeFiles tree, TreePath directory) throws IOException {
        for (TreeFiles.Child child : tree.children(directory)) {
            TreePath path = directory.child(child.name());
            EntryKind kind = child.status().kind().orElse(null);
            if (kind == EntryKind.DIRECTORY) {
                hashAll(tree, path);
            } else if (kind == EntryKind.FILE) {
                hash(tree, path);
            }
        }
    }

    private void hash(TreeFiles tree, TreePath path) throws IOException {
        List<BlockHash> hashes = new ArrayList<>();
        long size = 0;
        try (PoolFile file = tree.open(path, PoolFiles.Mode.READ)) {
            while (true) {
                int count = file.read(buffer.clear(), size);
                if (count <= 0) {
                    break;
                }
                hashes.add(hasher.hash(buffer.flip()));
                size += count;
                if (count < Blocks.SIZE) {
                    break;
                }
            }
        }
        found.add(new Found(tree, path, size, HashList.of(hashes)));
        long file = (long) found.size() - 1 << BLOCK_BITS;
        for (int block = 0; block < hashes.size(); block++) {
            if (!hashes.get(block).isZero()) {
                places.add(hashes.get(block), file | block);
            }
        }
    }

    private BlockHash hashAt(long place) {
        return found.get((int) (place >> BLOCK_BITS)).blocks().get((int) (place & BLOCK_MASK));
    }

    /** Where a content lies; -1 when it does not. */
    long find(BlockHash hash) {
        return places.find(hash);
    }

    /** Reads a content into a cleared buffer; false when it is not here. */
    boolean read(BlockHash hash, ByteBuffer target) throws IOException {
        long place = places.find(hash);
        if (place < 0) {
            return false;
        }
        int number = (int) (place >> BLOCK_BITS);
        int block = (int) (place & BLOCK_MASK);
        Found file = found.get(number);
        if (openFile != number) {
            closeFile();
            open = file.tree().open(file.path(), PoolFiles.Mode.READ);
            openFile = number;
        }
        target.limit(Blocks.length(block, file.sizeBytes()));
        open.read(target, (long) block * Blocks.SIZE);
        boolean complete = !target.hasRemaining();
        target.flip();
        return complete;
    }

    private void closeFile() throws IOException {
        if (open != null) {
            openFile = -1;
            PoolFile closing = open;
            open = null;
            closing.close();
        }
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(trees);
        all.add(open);
        openFile = -1;
        open = null;
        trees.clear();
        Closing.all(all);
    }
}
