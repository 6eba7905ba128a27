package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/** A growing map of numbers from 0 to numbers. One thread. */
final class IntMap {

    private static final int NONE = -1;

    private int[] keys = new int[64];
    private int[] values = new int[64];
    private int size;

    IntMap() {
        Arrays.fill(keys, NONE);
    }

    /** Sets a value; whether the key was not there before. */
    boolean put(int key, int value) {
        int slot = slot(key);
        boolean added = keys[slot] == NONE;
        keys[slot] = key;
        values[slot] = value;
        if (added && 2 * ++size > keys.length) {
            grow();
        }
        return added;
    }

    /** The value of a key that is there. */
    int get(int key) {
        return values[slot(key)];
    }

    private int slot(int key) {
        int slot = Bdd.mix(key, 0) & (keys.length - 1);
        while (keys[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(keys, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
