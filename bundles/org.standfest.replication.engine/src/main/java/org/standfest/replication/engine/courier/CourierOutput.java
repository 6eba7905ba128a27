package org.standfest.replication.engine.courier;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.WireWriter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Writes messages to a courier disk, encrypted. Broken off, it goes on behind the last chunk that
 * is whole. For one thread.
 */
public final class CourierOutput implements AutoCloseable {

    private static final int FULL_BYTES = 256 << 10;

    private final Path folder;
    private final byte[] key;
    private final RandomGenerator random;
    private final MessageCodec codec = new MessageCodec();
    private final WireWriter open = new WireWriter(FULL_BYTES);
    private final WireWriter frame = new WireWriter(FULL_BYTES);
    private FileChannel file;
    private long next;

    private CourierOutput(Path folder, byte[] key, RandomGenerator random) {
        this.folder = folder;
        this.key = key.clone();
        this.random = random;
    }

    /** Begins anew; what lies there of an earlier export goes. */
    public static CourierOutput begin(Path folder, byte[] key, RandomGenerator random)
            throws IOException {
        try (Stream<Path> old = Files.list(folder)) {
            for (Path one : old.filter(path -> isData(path)).toList()) {
                Files.delete(one);
            }
        }
        return new CourierOutput(folder, key, random);
    }

    private static boolean isData(Path path) {
        return path.getFileName().toString().matches("data-\\d{5}");
    }

    /**
     * Goes on with an export that was broken off.
     *
     * @param there is told of every message that is there already
     */
    public static CourierOutput goOn(
            Path folder, byte[] key, RandomGenerator random, Consumer<Message> there)
            throws IOException {
        CourierOutput output = new CourierOutput(folder, key, random);
        try (CourierInput input = new CourierInput(folder, key, Long.MAX_VALUE)) {
            while (true) {
                long whole = input.chunksRead();
                long bytes = input.fileBytes();
                try {
                    input.next().ifPresent(there);
                } catch (IOException end) {
                    output.cut(whole, bytes);
                    return output;
                }
            }
        }
    }

    private void cut(long whole, long bytes) throws IOException {
        next = whole;
        if (whole % CourierChunks.IN_A_FILE != 0) {
            file = FileChannel.open(CourierChunks.file(folder, whole), StandardOpenOption.WRITE);
            file.truncate(bytes);
            file.position(bytes);
        }
    }

    /** How many chunks were written; all of them durable after {@link #finish}. */
    public long chunks() {
        return next;
    }

    /** Writes a message; returns the bytes of its frame. */
    int add(Message message) throws IOException {
        frame.clear();
        codec.encode(message, frame);
        if (open.size() + frame.size() > CourierChunks.MOST_BYTES) {
            chunk();
        }
        open.raw(frame.memory(), 0, frame.size());
        if (open.size() >= FULL_BYTES) {
            chunk();
        }
        return frame.size();
    }

    private void chunk() throws IOException {
        if (open.size() == 0) {
            return;
        }
        if (next % CourierChunks.IN_A_FILE == 0) {
            finishFile();
            file =
                    FileChannel.open(
                            CourierChunks.file(folder, next),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
        }
        // Random, not the number: a torn chunk may be written again with another content.
        byte[] nonce = new byte[CourierChunks.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = CourierChunks.seal(key, next, nonce, open.memory(), open.size());
        ByteBuffer chunk = ByteBuffer.allocate(Integer.BYTES + nonce.length + sealed.length);
        chunk.putInt(nonce.length + sealed.length).put(nonce).put(sealed).flip();
        while (chunk.hasRemaining()) {
            file.write(chunk);
        }
        open.clear();
        next++;
    }

    private void finishFile() throws IOException {
        if (file != null) {
            file.force(true);
            file.close();
            file = null;
        }
    }

    /** Makes everything durable. */
    void finish() throws IOException {
        chunk();
        finishFile();
    }

    @Override
    public void close() throws IOException {
        finish();
    }
}
