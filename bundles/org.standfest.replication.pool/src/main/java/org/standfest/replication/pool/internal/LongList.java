package org.standfest.replication.pool.internal;

import java.util.Arrays;

/** A row of numbers without a box around each. For one thread. */
final class LongList {

    private long[] values = new long[64];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long get(int at) {
        return values[at];
    }

    void set(int at, long value) {
        values[at] = value;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
