package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one entry of a tree, or a directory with all below it, into an empty folder. */
final class Restore {

    private final PoolFiles files;
    private final TreeAt tree;
    private final Progress progress;

    /** Where the content of a file was written first, for its other names. */
    private final Map<TreePath, TreePath> written = new HashMap<>();

    Restore(PoolFiles files, TreeAt tree, Progress progress) {
        this.files = files;
        this.tree = tree;
        this.progress = progress;
    }

    /** What it writes into the folder itself. */
    static Set<String> names(TreeManifest tree, TreePath path) {
        Set<String> names = new HashSet<>();
        if (!path.isRoot()) {
            names.add(path.toString().substring(path.toString().lastIndexOf('/') + 1));
            return names;
        }
        for (TreeEntry entry : tree) {
            if (!entry.path().isRoot() && entry.path().parent().isRoot()) {
                names.add(entry.path().toString());
            }
        }
        return names;
    }

    /** Returns how many entries were written. */
    int run(TreePath path, Path target) throws IOException, Refusal {
        if (tree.manifest().find(path).isEmpty()) {
            throw Refusal.of("pool.entry-unknown", path);
        }
        try (SyncWatch watch = files.watch(target)) {
            int count = writeAll(path, target);
            watch.syncAll(target);
            return count;
        }
    }

    private int writeAll(TreePath path, Path target) throws IOException, Refusal {
        int count = 0;
        List<TreeEntry> directories = new ArrayList<>();
        TreeWriter writer = new TreeWriter(tree);
        try (TreeFiles out = files.tree(target)) {
            for (TreeEntry entry : tree.manifest()) {
                if (!isBelow(entry.path(), path)) {
                    continue;
                }
                if (progress.cancelled()) {
                    throw Refusal.of("pool.cancelled");
                }
                TreePath to = moved(entry.path(), path);
                if (entry.kind() == EntryKind.DIRECTORY) {
                    if (!to.isRoot()) {
                        out.createDirectory(to);
                    }
                    directories.add(entry);
                } else {
                    write(out, writer, entry, to);
                }
                count++;
                progress.report(writer.writtenBytes(), 0);
            }
            for (TreeEntry directory : directories.reversed()) {
                TreePath to = moved(directory.path(), path);
                out.setAttributes(to, directory);
            }
        }
        return count;
    }

    /** A hard link whose first name is not among what is restored becomes a file of its own. */
    private void write(TreeFiles out, TreeWriter writer, TreeEntry entry, TreePath to)
            throws IOException, Refusal {
        TreePath first = entry.kind() == EntryKind.HARD_LINK ? entry.firstName() : entry.path();
        TreePath there = written.get(first);
        if (there != null) {
            out.link(there, out, to);
            return;
        }
        TreeEntry content = tree.manifest().find(first).orElseThrow();
        writer.writeNode(out, to, content);
        written.put(first, to);
    }

    private static boolean isBelow(TreePath path, TreePath top) {
        return top.isRoot() || path.equals(top) || path.isBelow(top);
    }

    /** What is restored keeps its own name; the way to it is left out. */
    private static TreePath moved(TreePath path, TreePath top) {
        if (top.isRoot()) {
            return path;
        }
        String above = latin(top);
        int start = above.lastIndexOf('/') + 1;
        return TreePath.of(latin(path).substring(start).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The bytes of a path, one character each. */
    private static String latin(TreePath path) {
        return new String(path.toBytes(), StandardCharsets.ISO_8859_1);
    }
}
