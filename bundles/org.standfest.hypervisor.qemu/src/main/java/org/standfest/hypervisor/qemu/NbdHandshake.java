package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first part of the NBD protocol (fixed newstyle): agrees on structured replies and on what
 * block status is wanted, and opens one export. See the protocol's own description, doc/proto.md of
 * the NetworkBlockDevice project.
 */
final class NbdHandshake {

    private static final long GREETING = 0x4e42444d41474943L;
    private static final long OPTION = 0x49484156454f5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int FIXED_NEWSTYLE = 1;
    private static final int NO_ZEROES = 2;
    private static final int OPT_STRUCTURED = 8;
    private static final int OPT_SET_META = 10;
    private static final int OPT_GO = 7;
    private static final int REP_ACK = 1;
    private static final int REP_INFO = 3;
    private static final int REP_META = 4;
    private static final int REP_ERROR = 1 << 31;
    private static final int INFO_EXPORT = 0;
    private static final int REPLY_LIMIT_BYTES = 4096;
    private static final int REPLY_COUNT_LIMIT = 64;

    private final TimedChannel channel;
    private final long end;

    private NbdHandshake(TimedChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /**
     * What was agreed.
     *
     * @param sizeBytes of the export
     * @param contexts the other side's number of each wanted kind of block status it knows
     */
    record Agreed(long sizeBytes, Map<String, Integer> contexts) {}

    /**
     * Agrees.
     *
     * @param export its name
     * @param contexts kinds of block status that are wanted
     * @param endNanos by when, on the monotonic clock
     */
    static Agreed with(TimedChannel channel, String export, List<String> contexts, long endNanos)
            throws IOException {
        NbdHandshake handshake = new NbdHandshake(channel, endNanos);
        handshake.greet();
        handshake.structured();
        Map<String, Integer> known =
                contexts.isEmpty() ? Map.of() : handshake.meta(export, contexts);
        return new Agreed(handshake.go(export), known);
    }

    private void greet() throws IOException {
        ByteBuffer greeting = read(18);
        if (greeting.getLong() != GREETING || greeting.getLong() != OPTION) {
            throw new NbdException("the other side does not speak NBD");
        }
        int flags = greeting.getShort();
        if ((flags & FIXED_NEWSTYLE) == 0) {
            throw new NbdException("the other side speaks a too old NBD");
        }
        write(ByteBuffer.allocate(4).putInt(FIXED_NEWSTYLE | flags & NO_ZEROES).flip());
    }

    private void structured() throws IOException {
        send(OPT_STRUCTURED, ByteBuffer.allocate(0));
        if (reply(OPT_STRUCTURED).type() != REP_ACK) {
            throw new NbdException("no structured replies");
        }
    }

    private Map<String, Integer> meta(String export, List<String> contexts) throws IOException {
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        int size = 8 + name.length;
        for (String context : contexts) {
            size += 4 + context.getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer content =
                ByteBuffer.allocate(size).putInt(name.length).put(name).putInt(contexts.size());
        for (String context : contexts) {
            byte[] bytes = context.getBytes(StandardCharsets.UTF_8);
            content.putInt(bytes.length).put(bytes);
        }
        send(OPT_SET_META, content.flip());
        Map<String, Integer> known = new LinkedHashMap<>();
        for (int i = 0; i < REPLY_COUNT_LIMIT; i++) {
            Reply reply = reply(OPT_SET_META);
            if (reply.type() == REP_ACK) {
                return known;
            }
            if (reply.type() != REP_META || reply.content().remaining() < 4) {
                throw new NbdException("unexpected answer " + reply.type() + " about block status");
            }
            int id = reply.content().getInt();
            known.put(StandardCharsets.UTF_8.decode(reply.content()).toString(), id);
        }
        throw new NbdException("endless answer about block status");
    }

    private long go(String export) throws IOException {
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        send(
                OPT_GO,
                ByteBuffer.allocate(name.length + 6)
                        .putInt(name.length)
                        .put(name)
                        .putShort((short) 0)
                        .flip());
        long size = -1;
        for (int i = 0; i < REPLY_COUNT_LIMIT; i++) {
            Reply reply = reply(OPT_GO);
            if (reply.type() == REP_ACK) {
                if (size < 0) {
                    throw new NbdException("an export without a size");
                }
                return size;
            }
            if (reply.type() != REP_INFO) {
                throw new NbdException("the export " + export + " was refused");
            }
            if (reply.content().remaining() >= 12 && reply.content().getShort() == INFO_EXPORT) {
                size = reply.content().getLong();
            }
        }
        throw new NbdException("endless answer about the export");
    }

    private void send(int option, ByteBuffer content) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(16 + content.remaining());
        message.putLong(OPTION).putInt(option).putInt(content.remaining()).put(content);
        write(message.flip());
    }

    private record Reply(int type, ByteBuffer content) {}

    private Reply reply(int option) throws IOException {
        ByteBuffer header = read(20);
        long magic = header.getLong();
        int about = header.getInt();
        int type = header.getInt();
        int size = header.getInt();
        if (magic != OPTION_REPLY || about != option || size < 0 || size > REPLY_LIMIT_BYTES) {
            throw new NbdException("not an answer to option " + option);
        }
        ByteBuffer content = read(size);
        if ((type & REP_ERROR) != 0) {
            throw new NbdException(
                    "option " + option + " refused: " + StandardCharsets.UTF_8.decode(content));
        }
        return new Reply(type, content);
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        channel.readFully(buffer, end);
        return buffer.flip();
    }

    private void write(ByteBuffer content) throws IOException {
        channel.writeFully(content, end);
    }
}
