package org.standfest.replication.protocol.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as a value: a symbolic link's target, the name or value of an extended attribute.
 * Immutable.
 */
public final class RawBytes implements Comparable<RawBytes> {

    private final byte[] bytes;

    private RawBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of an array. */
    public static RawBytes of(byte[] bytes) {
        return new RawBytes(bytes.clone());
    }

    /** The UTF-8 bytes of a text. */
    public static RawBytes of(String text) {
        return new RawBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(RawBytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes read as UTF-8; what is not UTF-8 shows as replacement characters. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
