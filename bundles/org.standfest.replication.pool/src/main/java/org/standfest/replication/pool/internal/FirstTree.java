package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first copy of a tree while it arrives: every entry is made at once in {@code
 * incoming/<volume>.whole}, and content that arrives after its entry is written to its file and
 * nowhere else. Entries have to come in path order, each once; whoever does not keep to that gets
 * the tree written from collected contents at the commit, as {@link #collecting} says. What an
 * earlier attempt wrote is kept beside and copied from. For one thread.
 */
final class FirstTree implements Closeable {

    /** Places that wait for content; entries beyond are written at the commit. */
    private static final int MOST_WAITING = 65_536;

    /** After so much content the disk begins to write: the commit waits for what is left. */
    private static final long WRITE_STEP_BYTES = 48L << 20;

    private static final int FILE_SHIFT = 30;
    private static final long BLOCK_MASK = (1L << FILE_SHIFT) - 1;

    private final PoolFiles files;
    private final EarlierFiles earlier;
    private final TreeManifest.Builder manifest;
    private final PlaceTable placed = new PlaceTable(this::hashAt);

    /** Where contents are awaited. */
    private final Map<BlockHash, List<Long>> waiting = new HashMap<>();

    /** How many blocks the unfinished files still lack. */
    private final Map<Integer, Integer> lacking = new HashMap<>();

    /** Files that are made together with their only block. */
    private final Set<Integer> unmade = new HashSet<>();

    /** Files that are written at the commit. */
    private final Set<Integer> late = new HashSet<>();

    private int waitingPlaces;
    private long unwrittenBytes = WRITE_STEP_BYTES;
    private boolean collecting;
    private Path folder;
    private TreeFiles tree;
    private PoolFile open;
    private int openFile = -1;

    /**
     * @param folder {@code incoming/<volume>.whole}
     * @param resumed whether what lies there is worth looking at
     */
    FirstTree(PoolFiles files, Path folder, boolean resumed) throws IOException {
        this.files = files;
        this.folder = folder;
        this.manifest = new TreeManifest.Builder(files.overflow());
        this.earlier = new EarlierFiles(files, folder);
        if (resumed) {
            earlier.recover();
        }
    }

    /** Whether entries are only collected: at the commit the tree has to be written as a whole. */
    boolean collecting() {
        return collecting;
    }

    TreeManifest.Builder manifest() {
        return manifest;
    }

    private BlockHash hashAt(long place) {
        return manifest.block((int) (place >> FILE_SHIFT), (int) (place & BLOCK_MASK));
    }

    /** Whether a content lies here. */
    boolean has(BlockHash hash) {
        return placed.find(hash) >= 0 || earlier.find(hash) >= 0;
    }

    /** Reads a content into a cleared buffer, unchecked; false when it is not here. */
    boolean read(BlockHash hash, ByteBuffer target) throws IOException {
        long place = placed.find(hash);
        if (place < 0) {
            return earlier.read(hash, target);
        }
        int file = (int) (place >> FILE_SHIFT);
        int block = (int) (place & BLOCK_MASK);
        target.limit(Blocks.length(block, manifest.sizeBytes(file)));
        openFile(file).read(target, (long) block * Blocks.SIZE);
        boolean complete = !target.hasRemaining();
        target.flip();
        return complete;
    }

    private TreeFiles tree() throws IOException {
        if (tree == null) {
            files.createDirectory(folder);
            tree = files.tree(folder);
        }
        return tree;
    }

    /** Keeps the last file open, because blocks of one file mostly come together. */
    @SuppressWarnings("resource") // closed by closeFile
    private PoolFile openFile(int file) throws IOException {
        if (openFile != file) {
            closeFile();
            open = tree().open(manifest.path(file), PoolFiles.Mode.WRITE);
            openFile = file;
        }
        return open;
    }

    private void closeFile() throws IOException {
        if (open != null) {
            openFile = -1;
            PoolFile closing = open;
            open = null;
            closing.close();
        }
    }

    /** From now on entries are only collected; what was written stays aside to be copied from. */
    void collect() throws IOException {
        if (!collecting) {
            collecting = true;
            closeFile();
            if (tree != null) {
                tree.close();
                tree = null;
                folder = earlier.moveAside();
            }
            waiting.clear();
            lacking.clear();
            unmade.clear();
            late.clear();
        }
    }

    /** Takes the next entry; IllegalArgumentException when it does not continue the tree. */
    void put(TreeEntry entry, CommitSource source, TreeWriter writer) throws IOException, Refusal {
        manifest.add(entry);
        int number = manifest.size() - 1;
        TreePath path = entry.path();
        switch (entry.kind()) {
            case DIRECTORY -> {
                if (!path.isRoot()) {
                    tree().createDirectory(path);
                }
            }
            case HARD_LINK -> link(entry);
            case FILE -> file(number, entry, source, writer);
            default -> writer.writeNode(tree(), path, entry);
        }
    }

    private void link(TreeEntry entry) throws IOException {
        int first = manifest.indexOf(entry.firstName());
        if (unmade.remove(first)) {
            tree().open(entry.firstName(), PoolFiles.Mode.REPLACE).close();
        }
        tree().link(entry.firstName(), tree(), entry.path());
    }

    private void file(int number, TreeEntry entry, CommitSource source, TreeWriter writer)
            throws IOException, Refusal {
        int missing = 0;
        for (int block = 0; block < entry.blocks().size(); block++) {
            BlockHash hash = entry.blocks().get(block);
            if (!hash.isZero() && !source.has(hash)) {
                missing++;
            }
        }
        if (missing == 0) {
            writer.writeNode(tree(), entry.path(), entry);
            place(number, entry);
            return;
        }
        if (waitingPlaces + missing > MOST_WAITING || entry.blocks().size() > BLOCK_MASK) {
            // A name must be there for hard links, even if its content comes later.
            tree().open(entry.path(), PoolFiles.Mode.REPLACE).close();
            late.add(number);
            return;
        }
        await(number, entry, missing, source, writer);
    }

    private void await(
            int number, TreeEntry entry, int missing, CommitSource source, TreeWriter writer)
            throws IOException, Refusal {
        boolean whole = entry.blocks().size() == 1 && entry.holes().isEmpty();
        try (PoolFile file = whole ? null : tree().open(entry.path(), PoolFiles.Mode.REPLACE)) {
            if (file != null) {
                file.setSize(entry.sizeBytes());
            }
            for (int block = 0; block < entry.blocks().size(); block++) {
                BlockHash hash = entry.blocks().get(block);
                long place = (long) number << FILE_SHIFT | block;
                // the only block of a file was looked for just now
                if (!whole && (hash.isZero() || source.has(hash))) {
                    writer.writeBlock(file, entry, block);
                } else {
                    waiting.computeIfAbsent(hash, _ -> new ArrayList<>(1)).add(place);
                }
            }
        }
        waitingPlaces += missing;
        lacking.put(number, missing);
        if (whole) {
            unmade.add(number);
        }
    }

    private void place(int number, TreeEntry entry) {
        for (int block = 0; block < entry.blocks().size(); block++) {
            BlockHash hash = entry.blocks().get(block);
            if (!hash.isZero()) {
                placed.add(hash, (long) number << FILE_SHIFT | block);
            }
        }
    }

    /** Takes a checked content; false when nothing waits for it here. */
    boolean content(BlockHash hash, ByteBuffer content, TreeWriter writer)
            throws IOException, Refusal {
        List<Long> places = waiting.remove(hash);
        if (places == null) {
            return false;
        }
        waitingPlaces -= places.size();
        wrote(content.remaining());
        for (long place : places) {
            int number = (int) (place >> FILE_SHIFT);
            int block = (int) (place & BLOCK_MASK);
            TreeEntry entry = manifest.get(number);
            if (content.remaining() != Blocks.length(block, entry.sizeBytes())) {
                throw Refusal.of("pool.tree-impossible", entry.path(), "a block of another length");
            }
            if (unmade.remove(number)) {
                writer.writeWhole(tree(), entry, content.duplicate());
            } else {
                writer.writeBlock(openFile(number), entry, block, content.duplicate());
            }
            placed.add(hash, place);
            if (lacking.merge(number, -1, Integer::sum) == 0) {
                lacking.remove(number);
                if (openFile == number) {
                    closeFile();
                    writer.attributes(tree(), entry);
                }
            }
        }
        return true;
    }

    private void wrote(int bytes) {
        unwrittenBytes += bytes;
        if (unwrittenBytes >= WRITE_STEP_BYTES) {
            unwrittenBytes = 0;
            files.startWritingAll(folder.getParent());
        }
    }

    /** Writes what could not be written when it came, and the attributes of directories. */
    void finish(TreeWriter writer, Progress progress) throws IOException, Refusal {
        closeFile();
        if (!lacking.isEmpty()) {
            int number = lacking.keySet().iterator().next();
            throw Refusal.of("pool.content-missing", manifest.path(number));
        }
        for (int number : late.stream().sorted().toList()) {
            TreeEntry entry = manifest.get(number);
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            writer.writeNode(tree(), entry.path(), entry);
            place(number, entry);
        }
        late.clear();
        // Last and from below, because every entry made in a directory changes its times.
        for (int number = manifest.size() - 1; number >= 0; number--) {
            if (manifest.kind(number) == EntryKind.DIRECTORY) {
                writer.attributes(tree(), manifest.get(number));
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = Arrays.asList(open, tree, earlier);
        openFile = -1;
        open = null;
        tree = null;
        Closing.all(all);
    }
}
