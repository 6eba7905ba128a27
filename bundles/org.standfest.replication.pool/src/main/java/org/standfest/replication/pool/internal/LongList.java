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

    /** The place of the first number of an ascending row that is not below another. */
    int firstNotBelow(long value) {
        int at = Arrays.binarySearch(values, 0, size, value);
        return at < 0 ? -at - 1 : at;
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
