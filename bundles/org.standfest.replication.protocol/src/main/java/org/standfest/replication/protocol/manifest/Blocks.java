package org.standfest.replication.protocol.manifest;

import java.util.Arrays;

/**
 * Block arithmetic: a volume or file is a row of 64 KiB blocks, the last one may be shorter.
 * Stateless.
 */
public final class Blocks {

    /** Bytes in a full block. */
    public static final int SIZE = 65_536;

    /** The largest disk or file a manifest describes: 16 TiB. */
    public static final long MAX_SIZE_BYTES = 1L << 44;

    private static final byte[] ZEROS = new byte[SIZE];

    private Blocks() {}

    /** How many blocks a content of this size has; 0 for an empty one. */
    public static long count(long sizeBytes) {
        if (sizeBytes < 0 || sizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("size out of range: " + sizeBytes);
        }
        return (sizeBytes + SIZE - 1) / SIZE;
    }

    /** The length of one block in bytes: {@link #SIZE}, or less for the last. */
    public static int length(long index, long sizeBytes) {
        long position = index * SIZE;
        if (index < 0 || position >= sizeBytes) {
            throw new IllegalArgumentException("no block " + index + " in " + sizeBytes + " bytes");
        }
        return (int) Math.min(SIZE, sizeBytes - position);
    }

    /** Whether a piece of at most one block is all zero bytes. */
    public static boolean isZero(byte[] content, int offset, int length) {
        return Arrays.equals(content, offset, offset + length, ZEROS, 0, length);
    }
}
