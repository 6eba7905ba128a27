package org.standfest.replication.pool;

import org.standfest.replication.pool.files.LocalPoolFiles;
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

/** Reads the manifest of a real directory. */
final class TreeReader {

    private final TreeFiles tree;
    private final BlockHasher hasher = new BlockHasher();
    private final Map<Long, TreePath> firstNames = new HashMap<>();
    private final List<TreeEntry> entries = new ArrayList<>();

    private TreeReader(TreeFiles tree) {
        this.tree = tree;
    }

    static TreeManifest read(Path directory) throws IOException {
        return read(new LocalPoolFiles(), directory);
    }

    static TreeManifest read(PoolFiles files, Path directory) throws IOException {
        try (TreeFiles tree = files.tree(directory)) {
            TreeReader reader = new TreeReader(tree);
            reader.visit(TreePath.ROOT);
            return TreeManifest.of(reader.entries);
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
                ByteBuffer block = ByteBuffer.allocate(Blocks.length(i, size));
                file.read(block, i * Blocks.SIZE);
                hashes.add(hasher.hash(block.flip()));
            }
        }
        return HashList.of(hashes);
    }
}
