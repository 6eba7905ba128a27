package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;

/**
 * Which contents went out without being asked for, by 32 bits of their hash: 8 to 16 bytes each.
 * Two contents may look the same here, so what seems to have gone is offered, never left out. For
 * one thread.
 */
final class SentHashes {

    private static final int FIRST_SLOTS = 1024;

    private int[] slots = new int[FIRST_SLOTS];
    private int size;

    /** Notes a content; false when it, or one that looks like it, was noted before. */
    boolean add(BlockHash hash) {
        // 0 is a free slot
        int part = (int) (hash.firstBytes() >>> 32) | 1;
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

    private int slot(int part) {
        int slot = part * 0x9e3779b9 >>> 5 & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != part) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[old.length * 2];
        for (int part : old) {
            if (part != 0) {
                slots[slot(part)] = part;
            }
        }
    }
}
