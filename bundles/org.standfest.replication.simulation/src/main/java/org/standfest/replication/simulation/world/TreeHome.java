package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folders on a simulated disk that a protected machine works in, changed as a machine changes them.
 */
final class TreeHome {

    private final SimDisk disk;
    private final Path folder;
    private final Map<String, SourceTree> shown = new HashMap<>();

    TreeHome(SimDisk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    Path place(String volume) {
        return folder.resolve(volume);
    }

    /** Changes the folders to what a state has. */
    void become(State state) {
        SimFiles files = new SimFiles(disk, Hand.FREE);
        state.trees()
                .forEach(
                        (name, tree) -> {
                            try {
                                files.createDirectory(place(name));
                                try (TreeFiles target = files.tree(place(name))) {
                                    become(target, shown.get(name), tree);
                                }
                                shown.put(name, tree);
                            } catch (IOException impossible) {
                                throw new IllegalStateException(impossible);
                            }
                        });
        disk.forceAll();
    }

    private static void become(TreeFiles target, SourceTree before, SourceTree after)
            throws IOException {
        TreeManifest old = before == null ? TreeManifest.EMPTY : before.manifest();
        List<TreeEntry> put = new ArrayList<>();
        List<TreePath> gone = new ArrayList<>();
        for (TreeChange change : after.manifest().changesSince(old)) {
            switch (change) {
                case TreeChange.Put(TreeEntry entry) -> put.add(entry);
                case TreeChange.Removed(TreePath path) -> gone.add(path);
            }
        }
        for (TreePath path : gone.reversed()) {
            target.delete(path);
        }
        for (TreeEntry entry : put.reversed()) {
            if (!isSamePlace(target, entry, old)) {
                clear(target, entry.path());
            }
        }
        for (TreeEntry entry : put) {
            make(target, entry, after);
        }
        for (TreeEntry entry : after.manifest()) {
            if (entry.kind() == EntryKind.HARD_LINK
                    && target.status(entry.path()).orElseThrow().inode()
                            != target.status(entry.firstName()).orElseThrow().inode()) {
                target.delete(entry.path());
                target.link(entry.firstName(), target, entry.path());
            }
        }
        for (TreeEntry entry : after.manifest()) {
            if (entry.kind() == EntryKind.DIRECTORY
                    && target.status(entry.path()).orElseThrow().mtimeNanos()
                            != entry.mtimeNanos()) {
                target.setAttributes(entry.path(), entry);
            }
        }
    }

    /** Directories stay, and files that are overwritten; hard links are always made anew. */
    private static boolean isSamePlace(TreeFiles target, TreeEntry entry, TreeManifest old)
            throws IOException {
        boolean same =
                old.find(entry.path()).map(TreeEntry::kind).orElse(null) == entry.kind()
                        && (entry.kind() == EntryKind.DIRECTORY || entry.kind() == EntryKind.FILE);
        return entry.path().isRoot()
                || same && target.status(entry.path()).map(found -> single(found)).orElse(false);
    }

    private static boolean single(TreeFiles.Status found) {
        return found.links() == 1 || found.kind().orElse(null) == EntryKind.DIRECTORY;
    }

    private static void clear(TreeFiles target, TreePath path) throws IOException {
        TreeFiles.Status status = target.status(path).orElse(null);
        if (status != null && status.kind().orElse(null) == EntryKind.DIRECTORY) {
            for (byte[] name : target.list(path)) {
                clear(target, path.child(name));
            }
        }
        target.delete(path);
    }

    private static void make(TreeFiles target, TreeEntry entry, SourceTree tree)
            throws IOException {
        switch (entry.kind()) {
            case HARD_LINK -> {
                target.link(entry.firstName(), target, entry.path());
                return;
            }
            case DIRECTORY -> {
                if (target.status(entry.path()).isEmpty()) {
                    target.createDirectory(entry.path());
                }
            }
            case FILE -> write(target, entry, tree);
            default -> target.createSpecial(entry.path(), entry);
        }
        target.setAttributes(entry.path(), entry);
    }

    private static void write(TreeFiles target, TreeEntry entry, SourceTree tree)
            throws IOException {
        try (PoolFile file = target.open(entry.path(), PoolFiles.Mode.REPLACE)) {
            file.setSize(entry.sizeBytes());
            for (int i = 0; i < entry.blocks().size(); i++) {
                Block block = tree.content(entry.blocks().get(i));
                int length = Blocks.length(i, entry.sizeBytes());
                byte[] bytes = block == null ? new byte[length] : block.bytes();
                file.write(ByteBuffer.wrap(bytes), (long) i * Blocks.SIZE);
            }
            for (ByteRange hole : entry.holes()) {
                file.punch(hole.position(), hole.length());
            }
        }
    }
}
