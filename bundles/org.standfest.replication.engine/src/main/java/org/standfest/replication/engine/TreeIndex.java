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

    private final Pairs pairs;
    private int[] places;

    private TreeIndex(Pairs pairs) {
        this.pairs = pairs;
    }

    /** How many entries. */
    public int size() {
        return pairs.size;
    }

    long inode(int place) {
        return pairs.get(2 * place);
    }

    long ctimeNanos(int place) {
        return pairs.get(2 * place + 1);
    }

    /** The first place in the manifest of an inode; -1 when there was none. */
    int placeOf(long inode) {
        int[] table = table();
        for (int slot = slot(inode, table.length); ; slot = slot + 1 & table.length - 1) {
            int place = table[slot] - 1;
            if (place < 0 || inode(place) == inode) {
                return place;
            }
        }
    }

    /**
     * An open table of places, counted from 1; made when something has moved for the first time.
     */
    private synchronized int[] table() {
        if (places == null) {
            int[] table = new int[Integer.highestOneBit(Math.max(8, size())) * 4];
            for (int i = 0; i < size(); i++) {
                int slot = slot(inode(i), table.length);
                while (table[slot] != 0 && inode(table[slot] - 1) != inode(i)) {
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
        out.writeInt(size());
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (int i = 0; i < size(); i++) {
            piece.putLong(inode(i)).putLong(ctimeNanos(i));
            if (!piece.hasRemaining() || i == size() - 1) {
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

    /** Inode and change time of each entry, in rows that never move: a copy would cost twice. */
    private static final class Pairs {

        private static final int ROW_BITS = 14;
        private static final int ROW_MASK = (1 << ROW_BITS) - 1;

        private long[][] rows = new long[4][];
        private int size;

        long get(int at) {
            return rows[at >>> ROW_BITS][at & ROW_MASK];
        }

        void add(long inode, long ctimeNanos) {
            int at = 2 * size++;
            int row = at >>> ROW_BITS;
            if (row == rows.length) {
                rows = Arrays.copyOf(rows, 2 * row);
            }
            if (rows[row] == null) {
                rows[row] = new long[1 << ROW_BITS];
            }
            rows[row][at & ROW_MASK] = inode;
            rows[row][(at & ROW_MASK) + 1] = ctimeNanos;
        }
    }

    /** Collects entries in the manifest's order. For one thread. */
    static final class Builder {

        private final Pairs pairs = new Pairs();

        void add(long inode, long ctimeNanos) {
            pairs.add(inode, ctimeNanos);
        }

        /** The index; the builder is used up. */
        TreeIndex build() {
            return new TreeIndex(pairs);
        }
    }
}
