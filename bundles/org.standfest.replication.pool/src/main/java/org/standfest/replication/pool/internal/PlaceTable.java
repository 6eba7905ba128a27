package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.Arrays;

/**
 * Finds places by the hash of what lies there: an open table of numbers and a part of each hash, 24
 * to 48 bytes for each; the hashes themselves stay where the numbers lead, which may be a file, and
 * are looked at only where that part is the same. For one thread.
 */
final class PlaceTable {

    private static final long FREE = -1;
    private static final int FIRST_SLOTS = 64;

    private final Hashes hashes;
    private long[] slots = new long[FIRST_SLOTS];
    private int[] parts = new int[FIRST_SLOTS];
    private int size;

    /** Knows the hash at a place. */
    @FunctionalInterface
    interface Hashes {
        BlockHash at(long place);
    }

    PlaceTable(Hashes hashes) {
        this.hashes = hashes;
        Arrays.fill(slots, FREE);
    }

    /** Notes a place (0 or more); the first one of a hash stays. */
    void add(BlockHash hash, long place) {
        if (size >= slots.length / 2) {
            grow();
        }
        int slot = slotOf(hash);
        if (slots[slot] == FREE) {
            slots[slot] = place;
            parts[slot] = hash.hashCode();
            size++;
        }
    }

    /** The place of a hash; -1 when there is none. */
    long find(BlockHash hash) {
        return slots[slotOf(hash)];
    }

    private int slotOf(BlockHash hash) {
        int part = hash.hashCode();
        int slot = first(part);
        while (slots[slot] != FREE
                && (parts[slot] != part || !hashes.at(slots[slot]).equals(hash))) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private int first(int part) {
        return part * 0x9e3779b9 >>> 7 & slots.length - 1;
    }

    private void grow() {
        long[] old = slots;
        int[] oldParts = parts;
        slots = new long[old.length * 2];
        parts = new int[old.length * 2];
        Arrays.fill(slots, FREE);
        for (int i = 0; i < old.length; i++) {
            if (old[i] != FREE) {
                int slot = first(oldParts[i]);
                while (slots[slot] != FREE) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = old[i];
                parts[slot] = oldParts[i];
            }
        }
    }
}
