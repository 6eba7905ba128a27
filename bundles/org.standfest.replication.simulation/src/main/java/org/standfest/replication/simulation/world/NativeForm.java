package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compares what lies on a disk with what a source had, byte by byte, without using any production
 * code that could be wrong in the same way.
 */
final class NativeForm {

    private final SimDisk disk;

    NativeForm(SimDisk disk) {
        this.disk = disk;
    }

    /** The first difference of an image; empty: none. */
    Optional<String> difference(Path image, SourceDisk expected) {
        try {
            byte[] bytes = disk.bytes(image);
            return expected.isSame(bytes)
                    ? Optional.empty()
                    : Optional.of(image + " is not what the source had");
        } catch (IOException missing) {
            return Optional.of(image + " cannot be read: " + missing);
        }
    }

    /** The first difference of a tree; empty: none. */
    Optional<String> difference(Path root, SourceTree expected) {
        try (TreeFiles tree = new SimFiles(disk, Hand.FREE).tree(root)) {
            for (TreeEntry entry : expected.manifest()) {
                Optional<String> difference = difference(tree, entry, expected);
                if (difference.isPresent()) {
                    return difference.map(
                            what -> root + ": " + entry.kind() + ' ' + entry.path() + ' ' + what);
                }
            }
            return stranger(tree, TreePath.ROOT, expected);
        } catch (IOException missing) {
            return Optional.of(root + " cannot be read: " + missing);
        }
    }

    private static Optional<String> stranger(TreeFiles tree, TreePath at, SourceTree expected)
            throws IOException {
        for (byte[] name : tree.list(at)) {
            TreePath path = at.child(name);
            TreeFiles.Status status = tree.status(path).orElseThrow();
            if (expected.manifest().find(path).isEmpty()) {
                return Optional.of(path + " does not belong there");
            }
            if (status.kind().equals(Optional.of(EntryKind.DIRECTORY))) {
                Optional<String> below = stranger(tree, path, expected);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(TreeFiles tree, TreeEntry entry, SourceTree expected)
            throws IOException {
        Optional<TreeFiles.Status> found = tree.status(entry.path());
        if (found.isEmpty()) {
            return Optional.of("is missing");
        }
        TreeFiles.Status status = found.get();
        if (entry.kind() == EntryKind.HARD_LINK) {
            boolean same =
                    tree.status(entry.firstName()).map(TreeFiles.Status::inode).orElse(-1L)
                            == status.inode();
            return same ? Optional.empty() : Optional.of("is another file");
        }
        boolean right =
                status.kind().equals(Optional.of(entry.kind()))
                        && status.mode() == entry.mode()
                        && status.uid() == entry.uid()
                        && status.gid() == entry.gid()
                        && status.mtimeNanos() == entry.mtimeNanos()
                        && status.deviceMajor() == entry.deviceMajor()
                        && status.deviceMinor() == entry.deviceMinor()
                        && status.sizeBytes() == entry.sizeBytes()
                        && tree.attributes(entry.path()).equals(entry.attributes());
        if (!right) {
            return Optional.of("has other attributes: " + status + " instead of " + entry);
        }
        if (entry.kind() == EntryKind.SYMLINK
                && !tree.readSymlink(entry.path()).equals(entry.target())) {
            return Optional.of("leads elsewhere");
        }
        return entry.kind() == EntryKind.FILE ? content(tree, entry, expected) : Optional.empty();
    }

    private static Optional<String> content(TreeFiles tree, TreeEntry entry, SourceTree expected)
            throws IOException {
        try (PoolFile file = tree.open(entry.path(), PoolFiles.Mode.READ)) {
            long position = 0;
            for (int i = 0; i < entry.blocks().size(); i++) {
                ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
                int count = file.read(bytes, position);
                Block block = expected.content(entry.blocks().get(i));
                byte[] wanted = block == null ? new byte[count] : block.bytes();
                if (!Arrays.equals(bytes.array(), 0, count, wanted, 0, wanted.length)) {
                    return Optional.of("has other content in block " + i);
                }
                position += count;
            }
        }
        return Optional.empty();
    }
}
