package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.Arrays;

/**
 * Numbers and hashes of changed blocks, 40 bytes each, in the order they were found, which is
 * ascending. For one thread.
 */
final class ChangedBlocks {

    private long[] indices = new long[64];
    private byte[] hashes = new byte[64 * BlockHash.BYTES];
    private int size;

    void add(long index, BlockHash hash) {
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, Math.multiplyExact(size, 2));
            hashes = Arrays.copyOf(hashes, Math.multiplyExact(hashes.length, 2));
        }
        indices[size] = index;
        hash.put(hashes, size * BlockHash.BYTES);
        size++;
    }

    /**
     * A block has other content by now. It keeps its place: listed a second time it would be
     * offered, read and sent once more on every further connection.
     */
    void replace(long index, BlockHash hash) {
        int place = Arrays.binarySearch(indices, 0, size, index);
        if (place >= 0) {
            hash.put(hashes, place * BlockHash.BYTES);
        } else {
            add(index, hash);
        }
    }

    int size() {
        return size;
    }

    long index(int place) {
        return indices[place];
    }

    BlockHash hash(int place) {
        return BlockHash.at(hashes, place * BlockHash.BYTES);
    }
}
