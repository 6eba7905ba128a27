package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

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
    private static final int PIECE = 1 << 16;

    private final long[] inodes;
    private final long[] ctimes;
    private int[] places;

    private TreeIndex(long[] inodes, long[] ctimes) {
        this.inodes = inodes;
        this.ctimes = ctimes;
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
        int[] table = table();
        for (int slot = slot(inode, table.length); ; slot = slot + 1 & table.length - 1) {
            int place = table[slot] - 1;
            if (place < 0 || inodes[place] == inode) {
                return place;
            }
        }
    }

    /**
     * An open table of places, counted from 1; made when something has moved for the first time.
     */
    private synchronized int[] table() {
        if (places == null) {
            int[] table = new int[Integer.highestOneBit(Math.max(8, inodes.length)) * 4];
            for (int i = 0; i < inodes.length; i++) {
                int slot = slot(inodes[i], table.length);
                while (table[slot] != 0 && inodes[table[slot] - 1] != inodes[i]) {
                    slot = slot + 1 & table.length - 1;
                }
                if (table[slot] == 0) {
                    table[slot] = i + 1;
                }
            }
            places = table;
        }
        return places;
    }

    private static int slot(long inode, int length) {
        return (int) (inode * 0x9e3779b97f4a7c15L >>> 32) & length - 1;
    }

    /** Writes: {@code "SFTI"}, u16 version, i32 count, then inode and change time of each. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(inodes.length);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (int i = 0; i < inodes.length; i++) {
            piece.putLong(inodes[i]).putLong(ctimes[i]);
            if (!piece.hasRemaining() || i == inodes.length - 1) {
                out.write(piece.array(), 0, piece.position());
                piece.clear();
            }
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
        byte[] bytes = new byte[PIECE];
        for (long left = 16L * count; left > 0; ) {
            int length = (int) Math.min(PIECE, left);
            in.readFully(bytes, 0, length);
            ByteBuffer piece = ByteBuffer.wrap(bytes, 0, length);
            while (piece.hasRemaining()) {
                builder.add(piece.getLong(), piece.getLong());
            }
            left -= length;
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
