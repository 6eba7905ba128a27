package org.standfest.replication.protocol.manifest;

import java.util.Arrays;

/** Checks entry by entry that a sequence is a complete tree in order. For one thread. */
final class TreeOrder {

    private byte[][] openDirectories = new byte[32][];
    private int depth;
    private byte[] last;
    private int count;

    void accept(byte[] entry) {
        int length = RawEntry.pathLength(entry);
        if (++count > TreeManifest.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "more than " + TreeManifest.MAX_ENTRIES + " entries");
        }
        if (last == null ? length != 0 : RawEntry.comparePaths(entry, last) <= 0) {
            throw new IllegalArgumentException("tree entry out of order: " + RawEntry.path(entry));
        }
        while (depth > 0 && !RawEntry.isBelow(entry, openDirectories[depth - 1])) {
            depth--;
        }
        // what lies below the open directory lies in it when its path ends where the name begins
        if (length != 0
                && (depth == 0
                        || RawEntry.parentLength(entry)
                                != RawEntry.pathLength(openDirectories[depth - 1]))) {
            throw new IllegalArgumentException(
                    "tree entry whose parent is no directory: " + RawEntry.path(entry));
        }
        if (RawEntry.kind(entry) == EntryKind.DIRECTORY) {
            if (depth == openDirectories.length) {
                openDirectories = Arrays.copyOf(openDirectories, 2 * depth);
            }
            openDirectories[depth++] = entry;
        }
        last = entry;
    }
}
