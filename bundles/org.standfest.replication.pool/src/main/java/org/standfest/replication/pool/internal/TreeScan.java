package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Makes the manifest of a native tree out of the files, as far as the file system tells everything.
 * For one thread, used once.
 */
public final class TreeScan {

    private final PoolFiles files;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);
    private final Map<Long, TreePath> firstNames = new HashMap<>();
    private final List<TreeEntry> entries = new ArrayList<>();
    private TreeFiles tree;

    /** Reads through these files. */
    public TreeScan(PoolFiles files) {
        this.files = files;
    }

    /** Reads everything; empty when there is something that no manifest can have. */
    public Optional<TreeManifest> scan(Path root) throws IOException {
        try (TreeFiles opened = files.tree(root)) {
            tree = opened;
            visit(TreePath.ROOT);
            return Optional.of(TreeManifest.of(entries));
        } catch (IllegalArgumentException | NoSuchElementException strange) {
            return Optional.empty();
        }
    }

    private void visit(TreePath path) throws IOException {
        TreeFiles.Status status = tree.status(path).orElseThrow();
        EntryKind kind = status.kind().orElseThrow();
        if (status.links() > 1 && kind != EntryKind.DIRECTORY) {
            TreePath first = firstNames.putIfAbsent(status.inode(), path);
            if (first != null) {
                entries.add(TreeEntry.hardLink(path, first));
                return;
            }
        }
        entries.add(
                new TreeEntry(
                        path,
                        kind,
                        kind == EntryKind.SYMLINK ? 0777 : status.mode(),
                        status.uid(),
                        status.gid(),
                        status.mtimeNanos(),
                        status.sizeBytes(),
                        kind == EntryKind.SYMLINK ? tree.readSymlink(path) : RawBytes.of(""),
                        status.deviceMajor(),
                        status.deviceMinor(),
                        tree.attributes(path),
                        kind == EntryKind.FILE ? tree.holes(path) : List.of(),
                        kind == EntryKind.FILE
                                ? hashes(path, status.sizeBytes())
                                : HashList.EMPTY));
        if (kind == EntryKind.DIRECTORY) {
            for (byte[] name : tree.list(path)) {
                visit(path.child(name));
            }
        }
    }

    private HashList hashes(TreePath path, long size) throws IOException {
        List<BlockHash> hashes = new ArrayList<>();
        try (PoolFile file = tree.open(path, PoolFiles.Mode.READ)) {
            for (long i = 0; i < Blocks.count(size); i++) {
                file.read(buffer.clear().limit(Blocks.length(i, size)), i * Blocks.SIZE);
                hashes.add(hasher.hash(buffer.flip()));
            }
        }
        return HashList.of(hashes);
    }
}
