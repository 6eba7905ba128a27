package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes entries of a tree with content and attributes. For one thread. */
final class TreeWriter {

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(Blocks.SIZE).asReadOnlyBuffer();

    /** A smaller file is written faster than shared. */
    private static final int LEAST_BLOCKS_TO_SHARE = 2;

    private final BlockSource source;
    private final EnumSet<TreeFiles.Loss> losses = EnumSet.noneOf(TreeFiles.Loss.class);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
    private long writtenBytes;

    TreeWriter(BlockSource source) {
        this.source = source;
    }

    /** What could not be kept so far. */
    Set<TreeFiles.Loss> losses() {
        return losses;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    /** Writes a whole tree into an empty directory. */
    void writeAll(TreeFiles target, TreeManifest manifest, Progress progress)
            throws IOException, Refusal {
        long total = manifest.contentBytes();
        List<TreeEntry> directories = new ArrayList<>();
        for (TreeEntry entry : manifest) {
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            TreePath path = entry.path();
            switch (entry.kind()) {
                case DIRECTORY -> {
                    if (!path.isRoot()) {
                        target.createDirectory(path);
                    }
                    directories.add(entry);
                }
                case HARD_LINK -> target.link(entry.firstName(), target, path);
                default -> {
                    writeNode(target, path, entry);
                    progress.report(Math.min(writtenBytes, total), total);
                }
            }
        }
        // last, because every entry made in a directory changes its times
        for (TreeEntry directory : directories.reversed()) {
            losses.addAll(target.setAttributes(directory.path(), directory));
        }
    }

    /** Writes what is neither directory nor hard link, with its attributes, at any path. */
    void writeNode(TreeFiles target, TreePath path, TreeEntry entry) throws IOException, Refusal {
        if (entry.kind() == EntryKind.FILE) {
            try (PoolFile file = target.open(path, PoolFiles.Mode.REPLACE)) {
                writeContent(file, entry);
            }
        } else {
            losses.addAll(target.createSpecial(path, entry));
        }
        losses.addAll(target.setAttributes(path, entry));
    }

    /**
     * Writes a file of which an older state stands elsewhere on the file system. Blocks that are
     * the same there share its storage where the file system can, so that a small change of a large
     * file costs what changed; otherwise they are written like all others.
     */
    void writeChanged(
            TreeFiles target, TreePath path, TreeEntry entry, TreeFiles olderTree, TreeEntry older)
            throws IOException, Refusal {
        if (entry.kind() != EntryKind.FILE
                || older.kind() != EntryKind.FILE
                || Math.min(entry.blocks().size(), older.blocks().size()) < LEAST_BLOCKS_TO_SHARE) {
            writeNode(target, path, entry);
            return;
        }
        try (PoolFile file = target.open(path, PoolFiles.Mode.REPLACE);
                PoolFile from = olderTree.open(older.path(), PoolFiles.Mode.READ)) {
            file.setSize(entry.sizeBytes());
            boolean sharing = true;
            for (int block = 0; block < entry.blocks().size(); ) {
                int end = block;
                while (sharing && sameAt(entry, older, end)) {
                    end++;
                }
                long position = (long) block * Blocks.SIZE;
                long length = (long) (end - block) * Blocks.SIZE;
                sharing = end == block || file.share(from, position, position, length);
                if (end > block && sharing) {
                    block = end;
                } else {
                    writeBlock(file, entry, block++);
                }
            }
        }
        losses.addAll(target.setAttributes(path, entry));
    }

    /** Whether both have the same whole block there, without holes in it. */
    private static boolean sameAt(TreeEntry entry, TreeEntry older, int block) {
        return block < Math.min(entry.blocks().size(), older.blocks().size())
                && entry.blocks().get(block).equals(older.blocks().get(block))
                && !entry.blocks().get(block).isZero()
                && Blocks.length(block, entry.sizeBytes()) == Blocks.SIZE
                && Blocks.length(block, older.sizeBytes()) == Blocks.SIZE
                && !touchesHole(entry, block)
                && !touchesHole(older, block);
    }

    private static boolean touchesHole(TreeEntry entry, int block) {
        int hole = holeAt(entry, block, 0);
        return hole < entry.holes().size()
                && entry.holes().get(hole).position() < (block + 1L) * Blocks.SIZE;
    }

    /** Makes a file of one block without holes, with its attributes. */
    void writeWhole(TreeFiles target, TreeEntry entry, ByteBuffer content) throws IOException {
        writtenBytes += content.remaining();
        losses.addAll(target.createFile(entry.path(), entry, content));
    }

    /** Gives an entry that is there its attributes. */
    void attributes(TreeFiles target, TreeEntry entry) throws IOException {
        losses.addAll(target.setAttributes(entry.path(), entry));
    }

    private void writeContent(PoolFile file, TreeEntry entry) throws IOException, Refusal {
        file.setSize(entry.sizeBytes());
        int hole = 0;
        for (int block = 0; block < entry.blocks().size(); block++) {
            hole = holeAt(entry, block, hole);
            writeBlock(file, entry, block, hole);
        }
    }

    /** The first hole that does not end before a block, looked for from a hole on. */
    private static int holeAt(TreeEntry entry, int block, int from) {
        List<ByteRange> holes = entry.holes();
        long start = (long) block * Blocks.SIZE;
        int hole = from;
        while (hole < holes.size() && holes.get(hole).end() <= start) {
            hole++;
        }
        return hole;
    }

    /** Writes one block of a file that has its size, with content from the source. */
    void writeBlock(PoolFile file, TreeEntry entry, int block) throws IOException, Refusal {
        writeBlock(file, entry, block, holeAt(entry, block, 0));
    }

    /** Writes one block of a file that has its size, with this content, which is not zero. */
    void writeBlock(PoolFile file, TreeEntry entry, int block, ByteBuffer content)
            throws IOException, Refusal {
        int hole = holeAt(entry, block, 0);
        if (inHole(entry, block, hole)) {
            throw Refusal.of("pool.tree-impossible", entry.path(), "content in a hole");
        }
        writeOutsideHoles(file, content, (long) block * Blocks.SIZE, entry, hole);
    }

    private void writeBlock(PoolFile file, TreeEntry entry, int block, int hole)
            throws IOException, Refusal {
        long start = (long) block * Blocks.SIZE;
        BlockHash hash = entry.blocks().get(block);
        if (inHole(entry, block, hole)) {
            if (!hash.isZero()) {
                throw Refusal.of("pool.tree-impossible", entry.path(), "content in a hole");
            }
            return;
        }
        int length = Blocks.length(block, entry.sizeBytes());
        writeOutsideHoles(file, read(entry, block, hash, length), start, entry, hole);
    }

    private static boolean inHole(TreeEntry entry, int block, int hole) {
        List<ByteRange> holes = entry.holes();
        long start = (long) block * Blocks.SIZE;
        return hole < holes.size()
                && holes.get(hole).position() <= start
                && holes.get(hole).end() >= start + Blocks.length(block, entry.sizeBytes());
    }

    private ByteBuffer read(TreeEntry entry, int block, BlockHash hash, int length)
            throws IOException, Refusal {
        if (hash.isZero()) {
            return ZEROS.slice(0, length);
        }
        source.read(entry, block, buffer.clear());
        if (buffer.remaining() != length) {
            throw Refusal.of("pool.tree-impossible", entry.path(), "a block of another length");
        }
        return buffer;
    }

    private void writeOutsideHoles(
            PoolFile file, ByteBuffer content, long start, TreeEntry entry, int first)
            throws IOException, Refusal {
        List<ByteRange> holes = entry.holes();
        long end = start + content.remaining();
        int hole = first;
        for (long at = start; at < end; hole++) {
            long next = hole < holes.size() ? Math.clamp(holes.get(hole).position(), at, end) : end;
            if (next > at) {
                file.write(content.slice((int) (at - start), (int) (next - at)), at);
                writtenBytes += next - at;
            }
            at = hole < holes.size() ? Math.clamp(holes.get(hole).end(), next, end) : end;
            ByteBuffer skipped = content.slice((int) (next - start), (int) (at - next));
            if (skipped.mismatch(ZEROS.slice(0, skipped.remaining())) >= 0) {
                throw Refusal.of("pool.tree-impossible", entry.path(), "content in a hole");
            }
        }
    }
}
