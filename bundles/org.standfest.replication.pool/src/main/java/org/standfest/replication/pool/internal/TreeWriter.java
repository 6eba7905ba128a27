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

    private void writeContent(PoolFile file, TreeEntry entry) throws IOException, Refusal {
        file.setSize(entry.sizeBytes());
        int hole = 0;
        List<ByteRange> holes = entry.holes();
        for (int block = 0; block < entry.blocks().size(); block++) {
            long start = (long) block * Blocks.SIZE;
            long end = start + Blocks.length(block, entry.sizeBytes());
            while (hole < holes.size() && holes.get(hole).end() <= start) {
                hole++;
            }
            BlockHash hash = entry.blocks().get(block);
            boolean inHole =
                    hole < holes.size()
                            && holes.get(hole).position() <= start
                            && holes.get(hole).end() >= end;
            if (inHole) {
                if (!hash.isZero()) {
                    throw Refusal.of("pool.tree-impossible", entry.path(), "content in a hole");
                }
                continue;
            }
            ByteBuffer content = read(entry, block, hash, (int) (end - start));
            writeOutsideHoles(file, content, start, entry, hole);
        }
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
