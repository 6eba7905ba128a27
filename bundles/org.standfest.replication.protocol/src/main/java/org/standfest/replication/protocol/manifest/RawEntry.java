package org.standfest.replication.protocol.manifest;

import java.util.Arrays;

/**
 * Looks into the bytes of a tree entry without making objects of it: a tree has a hundred thousand
 * of them, and most are only passed by. The bytes were checked by {@link TreeEntryReader} or
 * written by {@link TreeEntryCodec}. Stateless.
 */
final class RawEntry {

    private static final int MODE = 1;
    private static final int MTIME = MODE + 2 + 4 + 4;
    private static final int ATTRIBUTES = MTIME + 8;

    private RawEntry() {}

    static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static long i64(byte[] bytes, int at) {
        return (long) i32(bytes, at) << 32 | Integer.toUnsignedLong(i32(bytes, at + 4));
    }

    static int pathLength(byte[] entry) {
        return u16(entry, 0);
    }

    static TreePath path(byte[] entry) {
        return TreePath.trusted(Arrays.copyOfRange(entry, 2, 2 + pathLength(entry)));
    }

    static EntryKind kind(byte[] entry) {
        return EntryKind.ofCode(entry[2 + pathLength(entry)]);
    }

    static boolean isHardLink(byte[] entry) {
        return entry[2 + pathLength(entry)] == EntryKind.HARD_LINK.code();
    }

    static boolean isFile(byte[] entry) {
        return entry[2 + pathLength(entry)] == EntryKind.FILE.code();
    }

    /** Modification time of anything but a hard link. */
    static long mtimeNanos(byte[] entry) {
        return i64(entry, 2 + pathLength(entry) + MTIME);
    }

    /** Where a file's size stands. */
    private static int sizeAt(byte[] entry) {
        int at = 2 + pathLength(entry) + ATTRIBUTES;
        int count = u16(entry, at);
        at += 2;
        for (int i = 0; i < count; i++) {
            at += 2 + u16(entry, at);
            at += 4 + i32(entry, at);
        }
        return at;
    }

    /** Size of a file, otherwise 0. */
    static long sizeBytes(byte[] entry) {
        return isFile(entry) ? i64(entry, sizeAt(entry)) : 0;
    }

    /** Where the first block hash of a file stands; the others follow up to the end. */
    static int blocksAt(byte[] entry) {
        if (!isFile(entry)) {
            return entry.length;
        }
        int at = sizeAt(entry) + 8;
        return at + 4 + 16 * i32(entry, at);
    }

    /** The same entry at another path. */
    static byte[] moved(byte[] entry, byte[] path) {
        int from = 2 + pathLength(entry);
        byte[] moved = new byte[2 + path.length + entry.length - from];
        moved[0] = (byte) (path.length >>> 8);
        moved[1] = (byte) path.length;
        System.arraycopy(path, 0, moved, 2, path.length);
        System.arraycopy(entry, from, moved, 2 + path.length, entry.length - from);
        return moved;
    }

    /** The order of the paths of two entries. */
    static int comparePaths(byte[] a, byte[] b) {
        return TreePath.compare(a, 2, 2 + pathLength(a), b, 2, 2 + pathLength(b));
    }

    /** The order of an entry's path and another. */
    static int comparePath(byte[] entry, byte[] path) {
        return TreePath.compare(entry, 2, 2 + pathLength(entry), path, 0, path.length);
    }

    /** Whether an entry lies below a directory, at any depth. */
    static boolean isBelow(byte[] entry, byte[] directory) {
        int length = pathLength(directory);
        int own = pathLength(entry);
        return length == 0
                ? own > 0
                : own > length
                        && entry[2 + length] == '/'
                        && Arrays.equals(entry, 2, 2 + length, directory, 2, 2 + length);
    }

    /** How long the path of an entry's directory is. */
    static int parentLength(byte[] entry) {
        int at = 2 + pathLength(entry) - 1;
        while (at >= 2 && entry[at] != '/') {
            at--;
        }
        return Math.max(0, at - 2);
    }
}
