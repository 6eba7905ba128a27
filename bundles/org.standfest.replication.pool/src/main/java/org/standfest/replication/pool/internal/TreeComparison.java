package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.pool.files.TreeFiles.Loss;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares entries of a native tree with a manifest, without their content. For one thread. */
final class TreeComparison {

    /** There is nothing at the path. */
    static final String MISSING = "missing";

    /** Before the names of entries that the manifest does not know. */
    static final String STRANGERS = "strangers ";

    private final TreeFiles tree;
    private final Set<String> notKept;

    TreeComparison(TreeFiles tree, Set<String> notKept) {
        this.tree = tree;
        this.notKept = notKept;
    }

    private boolean lost(Loss loss) {
        return notKept.contains(loss.name());
    }

    /** Whether the native form has the content of this entry as a file. */
    boolean isReadable(TreeEntry entry) throws IOException {
        return entry.kind() == EntryKind.FILE
                && tree.status(entry.path())
                        .flatMap(TreeFiles.Status::kind)
                        .equals(Optional.of(EntryKind.FILE));
    }

    /** What differs, in the words of stat(2); {@link #MISSING} alone when there is nothing. */
    List<String> differences(TreeEntry entry, TreeManifest manifest) throws IOException {
        Optional<TreeFiles.Status> found = tree.status(entry.path());
        if (found.isEmpty()) {
            return List.of(MISSING);
        }
        TreeFiles.Status status = found.get();
        List<String> differences = new ArrayList<>();
        if (entry.kind() == EntryKind.HARD_LINK) {
            Optional<TreeFiles.Status> first = tree.status(entry.firstName());
            boolean same =
                    first.isPresent()
                            && first.get().inode() == status.inode()
                            && first.get().fileSystem() == status.fileSystem();
            if (!same && !lost(Loss.HARD_LINK)) {
                differences.add("nlink");
            }
            return differences;
        }
        if (!isKind(entry, status)) {
            return List.of("kind");
        }
        compareAttributes(entry, status, differences);
        if (entry.kind() == EntryKind.DIRECTORY) {
            compareNames(entry, manifest, differences);
        }
        return differences;
    }

    private boolean isKind(TreeEntry entry, TreeFiles.Status status) {
        Optional<EntryKind> kind = status.kind();
        boolean placeholder =
                entry.kind().isDevice() && lost(Loss.DEVICE)
                        || entry.kind() == EntryKind.FIFO && lost(Loss.FIFO)
                        || entry.kind() == EntryKind.SYMLINK && lost(Loss.SYMLINK);
        return kind.equals(Optional.of(entry.kind()))
                || placeholder && kind.equals(Optional.of(EntryKind.FILE));
    }

    private void compareAttributes(
            TreeEntry entry, TreeFiles.Status status, List<String> differences) throws IOException {
        boolean link = entry.kind() == EntryKind.SYMLINK;
        if (entry.kind() == EntryKind.FILE && status.sizeBytes() != entry.sizeBytes()) {
            differences.add("size");
        }
        if (!link && status.mode() != entry.mode() && !lost(Loss.MODE)) {
            differences.add("mode");
        }
        if ((status.uid() != entry.uid() || status.gid() != entry.gid()) && !lost(Loss.OWNER)) {
            differences.add("owner");
        }
        if (status.mtimeNanos() != entry.mtimeNanos() && !lost(Loss.TIME)) {
            differences.add("mtime");
        }
        if (link && !lost(Loss.SYMLINK) && !tree.readSymlink(entry.path()).equals(entry.target())) {
            differences.add("target");
        }
        if (entry.kind().isDevice()
                && !lost(Loss.DEVICE)
                && (status.deviceMajor() != entry.deviceMajor()
                        || status.deviceMinor() != entry.deviceMinor())) {
            differences.add("rdev");
        }
        if (!lost(Loss.ATTRIBUTES)
                && !lost(Loss.ACL)
                && !tree.attributes(entry.path()).equals(entry.attributes())) {
            differences.add("xattr");
        }
    }

    /** What lies in a directory and is not in the manifest. */
    private void compareNames(TreeEntry directory, TreeManifest manifest, List<String> differences)
            throws IOException {
        Set<RawBytes> strangers = new TreeSet<>();
        for (byte[] name : tree.list(directory.path())) {
            TreePath path = directory.path().child(name);
            if (manifest.find(path).isEmpty()) {
                strangers.add(RawBytes.of(Arrays.copyOf(name, name.length)));
            }
        }
        if (!strangers.isEmpty()) {
            differences.add(STRANGERS + strangers.stream().limit(3).toList());
        }
    }
}
