package org.standfest.replication.protocol.manifest;

/** What an entry of a tree is. Sockets are left out: a program makes them anew. */
public enum EntryKind {
    /** A regular file with content. */
    FILE(1),
    /** A directory. */
    DIRECTORY(2),
    /** A symbolic link; its target is never followed. */
    SYMLINK(3),
    /** Another name of an entry that comes earlier in the manifest. */
    HARD_LINK(4),
    /** A named pipe. */
    FIFO(5),
    /** A character device. */
    CHARACTER_DEVICE(6),
    /** A block device. */
    BLOCK_DEVICE(7);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /** The number on the wire and in the pool; never changes. */
    public int code() {
        return code;
    }

    /** Whether it is a device node. */
    public boolean isDevice() {
        return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
    }

    /** The kind of a number; {@code null} for an unknown one. */
    static EntryKind ofCode(int code) {
        return switch (code) {
            case 1 -> FILE;
            case 2 -> DIRECTORY;
            case 3 -> SYMLINK;
            case 4 -> HARD_LINK;
            case 5 -> FIFO;
            case 6 -> CHARACTER_DEVICE;
            case 7 -> BLOCK_DEVICE;
            default -> null;
        };
    }
}
