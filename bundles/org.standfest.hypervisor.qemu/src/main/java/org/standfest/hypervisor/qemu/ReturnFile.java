package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.ReturnDisk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A raw disk image that is being filled; holes stay holes. */
final class ReturnFile implements ReturnDisk, AutoCloseable {

    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel channel;
    private final long sizeBytes;

    /**
     * Opens or creates the image.
     *
     * @param sizeBytes how large it is to be; an existing one is made larger, never smaller
     */
    ReturnFile(Path file, long sizeBytes) throws IOException {
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.size() < sizeBytes) {
            // One byte at the end: the rest is a hole.
            channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
        }
        this.sizeBytes = channel.size();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void write(long position, ByteBuffer content) throws IOException {
        check(position, content.remaining());
        long at = position;
        while (content.hasRemaining()) {
            at += channel.write(content, at);
        }
    }

    @Override
    public void zero(long position, long size) throws IOException {
        check(position, size);
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, size));
        for (long at = position; at < position + size; at += PIECE_BYTES) {
            piece.clear().limit((int) Math.min(PIECE_BYTES, position + size - at));
            read(at, piece);
            // What reads as zeros already is mostly a hole, and writing would fill it.
            if (!isZero(piece.flip())) {
                write(at, ByteBuffer.allocate(piece.limit()));
            }
        }
    }

    private static boolean isZero(ByteBuffer content) {
        ByteBuffer zeros = ByteBuffer.allocate(content.remaining());
        return content.mismatch(zeros) < 0;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int before = target.remaining();
        long at = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return before - target.remaining();
    }

    @Override
    public void flush() throws IOException {
        channel.force(true);
    }

    private void check(long position, long size) throws IOException {
        if (position < 0 || size < 0 || position > sizeBytes - size) {
            throw new IOException(
                    "beyond the disk of " + sizeBytes + " bytes: " + position + "+" + size);
        }
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
