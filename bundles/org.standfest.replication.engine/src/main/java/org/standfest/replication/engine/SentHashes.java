package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;

/**
 * Which contents went out without being asked for, by a part of their hash: 16 to 32 bytes each.
 * Two contents may look the same here, so what seems to have gone is offered, never left out. For
 * one thread.
 */
final class SentHashes {

    private static final int FIRST_SLOTS = 1024;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** Notes a content; false when it, or one that looks like it, was noted before. */
    boolean add(BlockHash hash) {
        long part = hash.firstBytes() | 1;
        if (size >= slots.length / 2) {
            grow();
        }
        int slot = slot(part);
        if (slots[slot] == part) {
            return false;
        }
        slots[slot] = part;
        size++;
        return true;
    }

    private int slot(long part) {
        int slot = (int) (part >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != part) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (long part : old) {
            if (part != 0) {
                slots[slot(part)] = part;
            }
        }
    }
}
