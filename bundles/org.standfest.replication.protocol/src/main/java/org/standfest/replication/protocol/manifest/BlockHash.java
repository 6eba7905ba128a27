package org.standfest.replication.protocol.manifest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of one block's content (its real length, not padded), or {@link #ZERO} for a block of
 * zero bytes of any length. Immutable.
 */
public final class BlockHash implements Comparable<BlockHash> {

    /** Bytes of a hash. */
    public static final int BYTES = 32;

    /** Marks a block of zero bytes: 32 zero bytes, which no known content hashes to. */
    public static final BlockHash ZERO = new BlockHash(0, 0, 0, 0);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private BlockHash(long a, long b, long c, long d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /** The hash that stands in an array at an offset. */
    public static BlockHash at(byte[] bytes, int offset) {
        long a = (long) LONGS.get(bytes, offset);
        long b = (long) LONGS.get(bytes, offset + 8);
        long c = (long) LONGS.get(bytes, offset + 16);
        long d = (long) LONGS.get(bytes, offset + 24);
        return (a | b | c | d) == 0 ? ZERO : new BlockHash(a, b, c, d);
    }

    /** The hash written as 64 hexadecimal digits; anything else is an IllegalArgumentException. */
    public static BlockHash parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("not a SHA-256: " + hex);
        }
        return at(bytes, 0);
    }

    /** Whether this marks a block of zero bytes. */
    public boolean isZero() {
        return (a | b | c | d) == 0;
    }

    /** Writes the 32 bytes to an array. */
    public void put(byte[] bytes, int offset) {
        LONGS.set(bytes, offset, a);
        LONGS.set(bytes, offset + 8, b);
        LONGS.set(bytes, offset + 16, c);
        LONGS.set(bytes, offset + 24, d);
    }

    /** The first eight bytes. */
    public long firstBytes() {
        return a;
    }

    /** The 32 bytes. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        put(bytes, 0);
        return bytes;
    }

    /** Whether an array holds this hash at an offset. */
    public boolean equalsAt(byte[] bytes, int offset) {
        return a == (long) LONGS.get(bytes, offset)
                && b == (long) LONGS.get(bytes, offset + 8)
                && c == (long) LONGS.get(bytes, offset + 16)
                && d == (long) LONGS.get(bytes, offset + 24);
    }

    @Override
    public int compareTo(BlockHash other) {
        return Arrays.compareUnsigned(toBytes(), other.toBytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockHash that
                && a == that.a
                && b == that.b
                && c == that.c
                && d == that.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
