package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads one export of an NBD server over a local socket: content, and what the server knows about
 * ranges. Never writes. Safe for several threads, which take turns.
 *
 * <p>Limits: requests of 2 MiB, chunks no longer than what was asked for, 16 MiB of block status a
 * call, a time limit on every request. After any failure the connection is of no use.
 */
final class NbdClient implements AutoCloseable {

    /** One request reads at most this much. */
    static final int READ_LIMIT_BYTES = 2 << 20;

    /**
     * One request asks for the status of at most this much, a multiple of every block size there
     * is.
     */
    private static final long STATUS_SPAN_BYTES = 1L << 30;

    private static final int REQUEST = 0x25609513;
    private static final int STRUCTURED_REPLY = 0x668e33ef;
    private static final short READ = 0;
    private static final short DISCONNECT = 2;
    private static final short BLOCK_STATUS = 7;
    private static final int CHUNK_NONE = 0;
    private static final int CHUNK_DATA = 1;
    private static final int CHUNK_HOLE = 2;
    private static final int CHUNK_STATUS = 5;
    private static final int CHUNK_ERROR = 1 << 15;
    private static final int FLAG_DONE = 1;
    private static final int STATUS_LIMIT_BYTES = 16 << 20;
    private static final int ERROR_LIMIT_BYTES = 64 * 1024;
    private static final int CHUNK_COUNT_LIMIT = 100_000;

    private final TimedChannel channel;
    private final Duration limit;
    private final NbdHandshake.Agreed agreed;
    private long cookie;
    private boolean broken;

    /**
     * Connects and opens an export.
     *
     * @param contexts kinds of block status that will be asked for; see {@link #knows}
     * @param limit for connecting and for every request
     */
    NbdClient(Path socket, String export, List<String> contexts, Duration limit)
            throws IOException {
        this.limit = limit;
        this.channel = new TimedChannel(socket, limit);
        boolean open = false;
        try {
            this.agreed =
                    NbdHandshake.with(
                            channel, export, contexts, System.nanoTime() + limit.toNanos());
            open = true;
        } finally {
            if (!open) {
                Closing.quietly(channel);
            }
        }
    }

    /** Size of the export. */
    long sizeBytes() {
        return agreed.sizeBytes();
    }

    /** Whether the server can tell this kind of block status. */
    boolean knows(String context) {
        return agreed.contexts().containsKey(context);
    }

    /** A range with the flags of one kind of block status. */
    record Extent(long position, long sizeBytes, int flags) {}

    /**
     * Fills the buffer from a position; both must lie within the export.
     *
     * @throws IOException it could not be read; the buffer's content is undefined
     */
    synchronized void read(long position, ByteBuffer target) throws IOException {
        if (position < 0 || position > sizeBytes() - target.remaining()) {
            throw new IllegalArgumentException("range " + position + "+" + target.remaining());
        }
        long at = position;
        while (target.hasRemaining()) {
            int size = Math.min(target.remaining(), READ_LIMIT_BYTES);
            ByteBuffer piece = target.slice(target.position(), size);
            long from = at;
            int[] filled = {0};
            exchange(
                    READ,
                    from,
                    size,
                    (type, length, end) -> filled[0] += chunk(type, length, from, piece, end));
            if (filled[0] != size) {
                throw broken("read " + filled[0] + " instead of " + size + " bytes");
            }
            target.position(target.position() + size);
            at += size;
        }
    }

    /** What the server knows about the whole export, ascending and without gaps. */
    synchronized List<Extent> status(String context) throws IOException {
        Integer id = agreed.contexts().get(context);
        if (id == null) {
            throw new IllegalArgumentException("not agreed on: " + context);
        }
        List<Extent> all = new ArrayList<>();
        long position = 0;
        while (position < sizeBytes()) {
            long span = Math.min(STATUS_SPAN_BYTES, sizeBytes() - position);
            List<Extent> some = new ArrayList<>();
            long from = position;
            exchange(
                    BLOCK_STATUS,
                    from,
                    (int) span,
                    (type, length, end) -> extents(type, length, id, from, some, end));
            if (some.isEmpty()) {
                throw broken("no block status at " + position);
            }
            for (Extent extent : some) {
                all.add(extent);
                position = extent.position() + extent.sizeBytes();
            }
        }
        return all;
    }

    /** Takes one chunk's content off the connection. */
    private interface Chunk {
        void take(int type, int length, long end) throws IOException;
    }

    private void exchange(short command, long position, int size, Chunk taker) throws IOException {
        if (broken) {
            throw new NbdException("the connection broke before");
        }
        broken = true;
        long end = System.nanoTime() + limit.toNanos();
        long id = ++cookie;
        channel.writeFully(request(command, id, position, size), end);
        for (int i = 0; i < CHUNK_COUNT_LIMIT; i++) {
            ByteBuffer header = receive(20, end);
            int magic = header.getInt();
            int flags = header.getShort();
            int type = header.getShort() & 0xffff;
            long about = header.getLong();
            int length = header.getInt();
            if (magic != STRUCTURED_REPLY || about != id || length < 0) {
                throw broken("not an answer to the request");
            }
            if ((type & CHUNK_ERROR) != 0) {
                throw refused(length, end);
            }
            if (type == CHUNK_NONE && length == 0) {
                if ((flags & FLAG_DONE) == 0) {
                    throw broken("an empty chunk that is not the last");
                }
            } else {
                taker.take(type, length, end);
            }
            if ((flags & FLAG_DONE) != 0) {
                broken = false;
                return;
            }
        }
        throw broken("endless answer");
    }

    private static ByteBuffer request(short command, long id, long position, int size) {
        ByteBuffer request = ByteBuffer.allocate(28);
        return request.putInt(REQUEST)
                .putShort((short) 0)
                .putShort(command)
                .putLong(id)
                .putLong(position)
                .putInt(size)
                .flip();
    }

    private int chunk(int type, int length, long from, ByteBuffer piece, long end)
            throws IOException {
        if (type == CHUNK_HOLE && length == 12) {
            ByteBuffer hole = receive(12, end);
            long at = hole.getLong() - from;
            int size = hole.getInt();
            check(at, size, piece);
            for (int i = 0; i < size; i++) {
                piece.put((int) at + i, (byte) 0);
            }
            return size;
        }
        if (type == CHUNK_DATA && length > 8) {
            long at = receive(8, end).getLong() - from;
            int size = length - 8;
            check(at, size, piece);
            channel.readFully(piece.slice((int) at, size), end);
            return size;
        }
        throw broken("unexpected chunk " + type);
    }

    private void check(long at, int size, ByteBuffer piece) throws NbdException {
        if (at < 0 || size < 0 || at > piece.capacity() - (long) size) {
            throw broken("a chunk outside of what was asked for");
        }
    }

    private void extents(int type, int length, int context, long from, List<Extent> into, long end)
            throws IOException {
        if (type != CHUNK_STATUS || length < 12 || length > STATUS_LIMIT_BYTES || length % 8 != 4) {
            throw broken("unexpected chunk " + type);
        }
        ByteBuffer content = receive(length, end);
        boolean wanted = content.getInt() == context;
        long position = from;
        while (wanted && content.hasRemaining() && position < sizeBytes()) {
            long size = content.getInt() & 0xffffffffL;
            int flags = content.getInt();
            if (size == 0) {
                throw broken("an empty range");
            }
            size = Math.min(size, sizeBytes() - position);
            into.add(new Extent(position, size, flags));
            position += size;
        }
    }

    private NbdException refused(int length, long end) throws IOException {
        if (length < 6 || length > ERROR_LIMIT_BYTES) {
            return broken("a damaged error");
        }
        ByteBuffer content = receive(length, end);
        int number = content.getInt();
        int size = Math.min(content.getShort() & 0xffff, content.remaining());
        String text =
                StandardCharsets.UTF_8.decode(content.slice(content.position(), size)).toString();
        return broken("error " + number + (text.isEmpty() ? "" : ": " + text));
    }

    private ByteBuffer receive(int size, long end) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        channel.readFully(buffer, end);
        return buffer.flip();
    }

    private NbdException broken(String message) {
        broken = true;
        return new NbdException(message);
    }

    /** What was agreed, for tests. */
    Map<String, Integer> contexts() {
        return agreed.contexts();
    }

    @Override
    public synchronized void close() {
        if (!broken) {
            broken = true;
            try {
                channel.writeFully(
                        request(DISCONNECT, ++cookie, 0, 0),
                        System.nanoTime() + Duration.ofMillis(200).toNanos());
            } catch (IOException alreadyGone) {
                // A farewell that nobody hears is no loss.
            }
        }
        Closing.quietly(channel);
    }
}
