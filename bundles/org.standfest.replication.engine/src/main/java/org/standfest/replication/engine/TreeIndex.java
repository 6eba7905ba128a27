package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * By what the agent recognises unchanged files beside their manifest: inode and change time of
 * every entry, in the manifest's order. A changed owner, mode, extended attribute or content
 * changes the change time; a moved file keeps its inode. Known to the agent only. Immutable once
 * built.
 */
public final class TreeIndex {

    /**
     * A change time that never counts as equal: the entry was touched too short a time before it
     * was read.
     */
    static final long UNTRUSTED = Long.MIN_VALUE;

    private static final int MAGIC = 0x53465449;
    private static final int VERSION = 1;

    private final long[] inodes;
    private final long[] ctimes;
    private final Map<Long, Integer> places;

    private TreeIndex(long[] inodes, long[] ctimes) {
        this.inodes = inodes;
        this.ctimes = ctimes;
        places = HashMap.newHashMap(inodes.length);
        for (int i = inodes.length - 1; i >= 0; i--) {
            places.put(inodes[i], i);
        }
    }

    /** How many entries. */
    public int size() {
        return inodes.length;
    }

    long inode(int place) {
        return inodes[place];
    }

    long ctimeNanos(int place) {
        return ctimes[place];
    }

    /** The first place in the manifest of an inode; -1 when there was none. */
    int placeOf(long inode) {
        return places.getOrDefault(inode, -1);
    }

    /** Writes: {@code "SFTI"}, u16 version, i32 count, then inode and change time of each. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(inodes.length);
        for (int i = 0; i < inodes.length; i++) {
            out.writeLong(inodes[i]);
            out.writeLong(ctimes[i]);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static TreeIndex read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || in.readUnsignedShort() != VERSION) {
            throw new IOException("no tree index");
        }
        int count = in.readInt();
        if (count < 0 || count > TreeManifest.MAX_ENTRIES) {
            throw new IOException("tree index of " + count + " entries");
        }
        Builder builder = new Builder();
        for (int i = 0; i < count; i++) {
            builder.add(in.readLong(), in.readLong());
        }
        return builder.build();
    }

    /** Collects entries in the manifest's order. For one thread. */
    static final class Builder {

        private long[] inodes = new long[64];
        private long[] ctimes = new long[64];
        private int size;

        void add(long inode, long ctimeNanos) {
            if (size == inodes.length) {
                inodes = Arrays.copyOf(inodes, size * 2);
                ctimes = Arrays.copyOf(ctimes, size * 2);
            }
            inodes[size] = inode;
            ctimes[size++] = ctimeNanos;
        }

        TreeIndex build() {
            return new TreeIndex(Arrays.copyOf(inodes, size), Arrays.copyOf(ctimes, size));
        }
    }
}
