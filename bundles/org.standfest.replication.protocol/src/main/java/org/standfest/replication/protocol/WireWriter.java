package org.standfest.replication.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the primitives of the wire, big endian, into memory. Values beyond their limit are the
 * caller's bug (IllegalArgumentException): what we send keeps the limits that we ask of others. For
 * one thread.
 */
public final class WireWriter {

    private byte[] bytes;
    private int size;

    /**
     * @param expectedBytes how much will probably come
     */
    public WireWriter(int expectedBytes) {
        bytes = new byte[Math.max(16, expectedBytes)];
    }

    /** An unsigned byte. */
    public WireWriter u8(int value) {
        require(value >= 0 && value <= 0xFF, "u8");
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** An unsigned 16-bit number. */
    public WireWriter u16(int value) {
        require(value >= 0 && value <= 0xFFFF, "u16");
        return u8(value >>> 8).u8(value & 0xFF);
    }

    /** A 32-bit number, 0 or more. */
    public WireWriter u32(int value) {
        require(value >= 0, "u32");
        return u16(value >>> 16).u16(value & 0xFFFF);
    }

    /** A signed 64-bit number. */
    public WireWriter i64(long value) {
        room(8);
        ByteBuffer.wrap(bytes).putLong(size, value);
        size += 8;
        return this;
    }

    /** A text: u16 length in bytes, UTF-8. Longer texts for people are cut by {@link #sentence}. */
    public WireWriter text(String value, int limitBytes) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        require(
                utf8.length <= limitBytes,
                "text of " + utf8.length + " bytes, limit " + limitBytes);
        return u16(utf8.length).raw(utf8);
    }

    /** A sentence for people, {@link #cut}. */
    public WireWriter sentence(String value) {
        return text(cut(value), Limits.TEXT_BYTES);
    }

    /** A sentence for people as it travels: at most {@link Limits#TEXT_BYTES} of it. */
    public static String cut(String sentence) {
        String cut = sentence;
        while (cut.getBytes(StandardCharsets.UTF_8).length > Limits.TEXT_BYTES) {
            int fewer = Math.max(1, cut.codePointCount(0, cut.length()) / 8);
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -fewer));
        }
        return cut;
    }

    /** A row of bytes: u32 length, content. */
    public WireWriter blob(byte[] value, int limitBytes) {
        require(
                value.length <= limitBytes,
                "blob of " + value.length + " bytes, limit " + limitBytes);
        return u32(value.length).raw(value);
    }

    /** The length of a row of bytes that follows. */
    WireWriter blobHead(int length, int limitBytes) {
        require(length <= limitBytes, "blob of " + length + " bytes, limit " + limitBytes);
        return u32(length);
    }

    /** Bytes without a length. */
    public WireWriter raw(byte[] value) {
        return raw(value, 0, value.length);
    }

    /** Bytes without a length. */
    public WireWriter raw(byte[] value, int offset, int length) {
        room(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** The rest of a buffer without a length; the buffer's position stays. */
    public WireWriter raw(ByteBuffer value) {
        int length = value.remaining();
        room(length);
        value.get(value.position(), bytes, size, length);
        size += length;
        return this;
    }

    /** A map of facts: u16 count, then key and value. */
    public WireWriter facts(Map<String, String> facts) {
        require(facts.size() <= Limits.FACTS, "facts");
        u16(facts.size());
        facts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        fact -> {
                            text(fact.getKey(), Limits.NAME_BYTES);
                            text(fact.getValue(), Limits.TEXT_BYTES);
                        });
        return this;
    }

    /** A list: u16 count, then the elements. */
    public <T> WireWriter list(List<T> elements, int limit, Consumer<T> each) {
        require(elements.size() <= limit, "list of " + elements.size() + ", limit " + limit);
        u16(elements.size());
        elements.forEach(each);
        return this;
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** Overwrites four bytes written before. */
    public void patchU32(int position, int value) {
        ByteBuffer.wrap(bytes).putInt(position, value);
    }

    /** Forgets everything written, keeps the memory. */
    public void clear() {
        size = 0;
    }

    /** The memory itself; valid up to {@link #size()} until the next call. */
    public byte[] memory() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("beyond the limits of the wire: " + what);
        }
    }
}
