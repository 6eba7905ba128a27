package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.Arrays;

/**
 * Numbers and hashes of changed blocks, 40 bytes each, in the order they were found. For one
 * thread.
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
