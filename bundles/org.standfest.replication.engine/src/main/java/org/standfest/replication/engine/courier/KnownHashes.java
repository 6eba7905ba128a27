package org.standfest.replication.engine.courier;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.nio.ByteBuffer;

/** The first 8 bytes of hashes, which tell contents apart well enough, in 16 to 32 bytes each. */
final class KnownHashes {

    private long[] slots = new long[1 << 10];
    private int used;

    void add(byte[] hash) {
        if (2 * (used + 1) > slots.length) {
            long[] old = slots;
            slots = new long[2 * old.length];
            used = 0;
            for (long one : old) {
                if (one != 0) {
                    put(one);
                }
            }
        }
        put(key(hash, 0));
    }

    private void put(long key) {
        int at = slot(key);
        used += slots[at] == 0 ? 1 : 0;
        slots[at] = key;
    }

    boolean contains(byte[] hashes, int number) {
        return slots[slot(key(hashes, number * BlockHash.BYTES))] != 0;
    }

    private int slot(long key) {
        int at = (int) (key >>> 32) & slots.length - 1;
        while (slots[at] != 0 && slots[at] != key) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    /** Never 0, which means a free slot. */
    private static long key(byte[] hashes, int position) {
        return ByteBuffer.wrap(hashes).getLong(position) | 1;
    }
}
