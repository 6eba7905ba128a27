package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;

/** A growing list of ints. One thread. */
final class IntList {

    private int[] items = new int[16];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
    }

    int get(int position) {
        return items[position];
    }

    int removeLast() {
        return items[--size];
    }

    int size() {
        return size;
    }

    void sort() {
        Arrays.sort(items, 0, size);
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
