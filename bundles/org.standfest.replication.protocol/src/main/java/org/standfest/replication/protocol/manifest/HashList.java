package org.standfest.replication.protocol.manifest;

import java.util.Arrays;
import java.util.List;

/** The block hashes of one file in order, 32 bytes each. Immutable. */
public final class HashList {

    /** No blocks. */
    public static final HashList EMPTY = new HashList(new byte[0]);

    private final byte[] bytes;

    private HashList(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hashes in an array whose length is a multiple of 32; it is copied. */
    public static HashList ofBytes(byte[] bytes) {
        if (bytes.length % BlockHash.BYTES != 0) {
            throw new IllegalArgumentException("not whole hashes: " + bytes.length + " bytes");
        }
        return bytes.length == 0 ? EMPTY : new HashList(bytes.clone());
    }

    /** The hashes of a list. */
    public static HashList of(List<BlockHash> hashes) {
        byte[] bytes = new byte[Math.multiplyExact(hashes.size(), BlockHash.BYTES)];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).put(bytes, i * BlockHash.BYTES);
        }
        return bytes.length == 0 ? EMPTY : new HashList(bytes);
    }

    /** How many hashes. */
    public int size() {
        return bytes.length / BlockHash.BYTES;
    }

    /** One hash. */
    public BlockHash get(int index) {
        return BlockHash.at(bytes, index * BlockHash.BYTES);
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashList that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return size() + " blocks";
    }
}
