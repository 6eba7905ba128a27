package org.standfest.replication.protocol.manifest;

import java.util.ArrayDeque;
import java.util.Deque;

/** Checks entry by entry that a sequence is a complete tree in order. For one thread. */
final class TreeOrder {

    private final Deque<TreePath> openDirectories = new ArrayDeque<>();
    private TreePath last;
    private int count;

    void accept(TreeEntry entry) {
        TreePath path = entry.path();
        if (++count > TreeManifest.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "more than " + TreeManifest.MAX_ENTRIES + " entries");
        }
        if (last == null ? !path.isRoot() : path.compareTo(last) <= 0) {
            throw new IllegalArgumentException("tree entry out of order: " + path);
        }
        while (!openDirectories.isEmpty() && !path.isBelow(openDirectories.peek())) {
            openDirectories.pop();
        }
        if (!path.isRoot()
                && (openDirectories.isEmpty() || !openDirectories.peek().equals(path.parent()))) {
            throw new IllegalArgumentException("tree entry whose parent is no directory: " + path);
        }
        if (entry.kind() == EntryKind.DIRECTORY) {
            openDirectories.push(path);
        }
        last = path;
    }
}
