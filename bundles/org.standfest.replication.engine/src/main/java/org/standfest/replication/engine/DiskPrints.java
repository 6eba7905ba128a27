package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.Blocks;

import java.util.Arrays;

/**
 * The fingerprints of a disk's blocks, 16 bytes each, in rows of 64 that are shared between one
 * state and the next: a sparse disk costs what lies in it. Both words 0: not known, the block has
 * to be hashed. Immutable, safe for any thread.
 */
public final class DiskPrints {

    /** Fingerprints of one row. */
    static final int ROW_BLOCKS = 64;

    private final PrintKey key;
    private final long sizeBytes;
    private final long[][] rows;

    private DiskPrints(PrintKey key, long sizeBytes, long[][] rows) {
        this.key = key;
        this.sizeBytes = sizeBytes;
        this.rows = rows;
    }

    /** Nothing is known of a disk yet. */
    static DiskPrints unknown(PrintKey key, long sizeBytes) {
        return new DiskPrints(key, sizeBytes, new long[rowCount(sizeBytes)][]);
    }

    private static int rowCount(long sizeBytes) {
        return (int) ((Blocks.count(sizeBytes) + ROW_BLOCKS - 1) / ROW_BLOCKS);
    }

    PrintKey key() {
        return key;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    int rowCount() {
        return rows.length;
    }

    /** One row, two words a block; {@code null} when nothing of it is known. Not to be changed. */
    long[] row(int row) {
        return rows[row];
    }

    /** Whether a block had this fingerprint. */
    boolean matches(long index, long low, long high) {
        int number = (int) (index / ROW_BLOCKS);
        if (number >= rows.length || rows[number] == null || (low | high) == 0) {
            return false;
        }
        int at = 2 * (int) (index % ROW_BLOCKS);
        return rows[number][at] == low && rows[number][at + 1] == high;
    }

    /** Starts a state that differs in some blocks, and maybe in size. */
    Editor edit(long newSizeBytes) {
        return new Editor(this, newSizeBytes);
    }

    /** Collects changed fingerprints. For one thread. */
    static final class Editor {

        private final PrintKey key;
        private final long sizeBytes;
        private final long[][] rows;
        private final boolean[] own;

        private Editor(DiskPrints base, long sizeBytes) {
            this.key = base.key;
            this.sizeBytes = sizeBytes;
            this.rows = Arrays.copyOf(base.rows, DiskPrints.rowCount(sizeBytes));
            this.own = new boolean[rows.length];
            if (sizeBytes != base.sizeBytes) {
                // the block at the seam has another length by now
                forget(Math.min(sizeBytes, base.sizeBytes) / Blocks.SIZE);
            }
        }

        /** The block has to be hashed next time. */
        void forget(long index) {
            int number = (int) (index / ROW_BLOCKS);
            if (number < rows.length && rows[number] != null) {
                set(index, 0, 0);
            }
        }

        void set(long index, long low, long high) {
            int number = (int) (index / ROW_BLOCKS);
            if (rows[number] == null) {
                rows[number] = new long[2 * ROW_BLOCKS];
                own[number] = true;
            } else if (!own[number]) {
                rows[number] = rows[number].clone();
                own[number] = true;
            }
            int at = 2 * (int) (index % ROW_BLOCKS);
            rows[number][at] = low;
            rows[number][at + 1] = high;
        }

        /** Puts a whole row that was read. */
        void put(int row, long[] words) {
            rows[row] = words;
            own[row] = true;
        }

        DiskPrints build() {
            Arrays.fill(own, false);
            return new DiskPrints(key, sizeBytes, rows.clone());
        }
    }
}
