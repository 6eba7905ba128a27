package org.standfest.replication.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the primitives of the wire. Nothing is allocated before its length was compared with its
 * limit and with what is really there. For one thread.
 */
public final class WireReader {

    private final ByteBuffer bytes;
    private byte[] tail;

    /**
     * @param bytes what to read, from position to limit; not copied
     * @param tail what follows them, the content of a blob whose length they end with
     */
    WireReader(ByteBuffer bytes, byte[] tail) {
        this.bytes = bytes;
        this.tail = tail;
    }

    /**
     * @param bytes what to read, from position to limit; not copied
     */
    public WireReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface Element<T> {
        /** The element. */
        T read() throws WireException;
    }

    /** An unsigned byte. */
    public int u8() throws WireException {
        need(1);
        return bytes.get() & 0xFF;
    }

    /** An unsigned 16-bit number. */
    public int u16() throws WireException {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    /** A 32-bit number, 0 or more. */
    public int u32() throws WireException {
        need(4);
        int value = bytes.getInt();
        if (value < 0) {
            throw new WireException("number beyond 31 bits");
        }
        return value;
    }

    /** A signed 64-bit number. */
    public long i64() throws WireException {
        need(8);
        return bytes.getLong();
    }

    /** A 64-bit number within bounds, both included. */
    public long i64(long least, long most) throws WireException {
        long value = i64();
        if (value < least || value > most) {
            throw new WireException("number " + value + " outside " + least + " to " + most);
        }
        return value;
    }

    /** Whether: a byte 0 or 1. */
    public boolean flag() throws WireException {
        int value = u8();
        if (value > 1) {
            throw new WireException("flag " + value);
        }
        return value == 1;
    }

    /** A text of valid UTF-8. */
    public String text(int limitBytes) throws WireException {
        int length = u16();
        if (length > limitBytes) {
            throw new WireException("text of " + length + " bytes, limit " + limitBytes);
        }
        need(length);
        ByteBuffer utf8 = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(utf8)
                    .toString();
        } catch (CharacterCodingException _) {
            throw new WireException("text is not UTF-8");
        }
    }

    /**
     * An id: letters, digits, dot, hyphen, underscore; not beginning with a dot; may be empty where
     * said so.
     */
    public String id(boolean mayBeEmpty) throws WireException {
        String id = text(Limits.ID_BYTES);
        if (!(id.isEmpty() && mayBeEmpty) && !Ids.valid(id)) {
            throw new WireException("not an id");
        }
        return id;
    }

    /** A row of bytes. */
    public byte[] blob(int limitBytes) throws WireException {
        int length = u32();
        if (length > limitBytes) {
            throw new WireException("blob of " + length + " bytes, limit " + limitBytes);
        }
        if (tail != null && !bytes.hasRemaining() && length == tail.length) {
            byte[] content = tail;
            tail = null;
            return content;
        }
        return raw(length);
    }

    /** So many bytes. */
    public byte[] raw(int length) throws WireException {
        need(length);
        byte[] copy = new byte[length];
        bytes.get(copy);
        return copy;
    }

    /** A map of facts. */
    public Map<String, String> facts() throws WireException {
        int count = u16();
        if (count > Limits.FACTS) {
            throw new WireException(count + " facts");
        }
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            facts.put(text(Limits.NAME_BYTES), text(Limits.TEXT_BYTES));
        }
        return Map.copyOf(facts);
    }

    /** A list. */
    public <T> List<T> list(int limit, Element<T> each) throws WireException {
        int count = u16();
        if (count > limit) {
            throw new WireException("list of " + count + ", limit " + limit);
        }
        List<T> elements = new ArrayList<>(Math.min(count, bytes.remaining()));
        for (int i = 0; i < count; i++) {
            elements.add(each.read());
        }
        return List.copyOf(elements);
    }

    /** One of an enumeration, by its ordinal. */
    public <E extends Enum<E>> E oneOf(E[] all) throws WireException {
        int ordinal = u8();
        if (ordinal >= all.length) {
            throw new WireException("no such kind: " + ordinal);
        }
        return all[ordinal];
    }

    /** How many bytes are left. */
    public int remaining() {
        return bytes.remaining();
    }

    /** Checks that nothing is left. */
    public void end() throws WireException {
        if (tail != null) {
            throw new WireException(tail.length + " bytes too many");
        }
        if (bytes.hasRemaining()) {
            throw new WireException(bytes.remaining() + " bytes too many");
        }
    }

    private void need(int count) throws WireException {
        if (bytes.remaining() < count) {
            throw new WireException("ends " + (count - bytes.remaining()) + " bytes too early");
        }
    }
}
