package org.standfest.replication.engine.courier;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.WireException;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the messages of a courier disk. Whatever is not exactly what was written is an IOException;
 * nothing of a chunk is handed out before all of it was proved. For one thread.
 */
public final class CourierInput implements AutoCloseable {

    private final Path folder;
    private final byte[] key;
    private final long chunks;
    private final MessageCodec codec = new MessageCodec();
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private DataInputStream in;
    private long next;
    private long fileBytes;

    /**
     * @param key 32 bytes, which the agent and its standby know
     * @param chunks how many there are; one less is damage
     */
    public CourierInput(Path folder, byte[] key, long chunks) {
        this.folder = folder;
        this.key = key.clone();
        this.chunks = chunks;
    }

    /** How many chunks were read. */
    public long chunksRead() {
        return next;
    }

    /** How many bytes of the last file are whole chunks. */
    long fileBytes() {
        return fileBytes;
    }

    /** The next message; empty at the end. */
    public Optional<Message> next() throws IOException {
        while (!rest.hasRemaining()) {
            if (next == chunks) {
                return Optional.empty();
            }
            rest = ByteBuffer.wrap(chunk());
        }
        try {
            if (rest.remaining() < MessageCodec.HEAD_BYTES) {
                throw new IOException("frame without a head");
            }
            int length = rest.getInt();
            int type = rest.get() & 0xff;
            if (length < 0 || length > rest.remaining()) {
                throw new IOException("frame longer than its chunk");
            }
            ByteBuffer payload = rest.slice(rest.position(), length);
            rest.position(rest.position() + length);
            return Optional.of(codec.decode(type, payload));
        } catch (WireException wrong) {
            throw new IOException("frame: " + wrong.getMessage(), wrong);
        }
    }

    private byte[] chunk() throws IOException {
        if (next % CourierChunks.IN_A_FILE == 0) {
            close();
            in = null;
            fileBytes = 0;
        }
        if (in == null) {
            Path file = CourierChunks.file(folder, next);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new EOFException("no " + file.getFileName());
            }
            InputStream raw = Files.newInputStream(file);
            in = new DataInputStream(raw);
        }
        int length = in.readInt();
        int least = CourierChunks.NONCE_BYTES + CourierChunks.TAG_BYTES;
        if (length < least || length > least + CourierChunks.MOST_BYTES) {
            throw new IOException("length of chunk " + next);
        }
        byte[] nonce = new byte[CourierChunks.NONCE_BYTES];
        in.readFully(nonce);
        byte[] sealed = new byte[length - nonce.length];
        in.readFully(sealed);
        byte[] content = CourierChunks.open(key, next, nonce, sealed);
        next++;
        fileBytes += Integer.BYTES + length;
        return content;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
