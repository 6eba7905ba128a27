package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Buffered streams over a file of the port; the file itself stays open. */
final class FileStreams {

    private static final int BUFFER = 1 << 16;

    /** Most files of a pool are smaller: their streams take no more. */
    private static final int FIRST_BUFFER = 1 << 12;

    private FileStreams() {}

    static InputStream reader(PoolFile file, long position) {
        return new Reader(file, position);
    }

    static OutputStream writer(PoolFile file, long position) {
        return new Writer(file, position);
    }

    /** Reads exactly the remaining bytes of a buffer; Damage when the file ends before. */
    static void readFully(PoolFile file, ByteBuffer target, long position, String what)
            throws IOException {
        int wanted = target.remaining();
        if (file.read(target, position) != wanted) {
            throw new Damage(what + " ends early");
        }
    }

    private static final class Reader extends InputStream {

        private final PoolFile file;
        private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER).limit(0);
        private long position;

        Reader(PoolFile file, long position) {
            this.file = file;
            this.position = position;
        }

        private boolean fill() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer =
                        buffer.limit() == FIRST_BUFFER
                                ? ByteBuffer.allocate(BUFFER)
                                : buffer.clear();
                position += file.read(buffer, position);
                buffer.flip();
            }
            return buffer.hasRemaining();
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(target, offset, count);
            return count;
        }
    }

    private static final class Writer extends OutputStream {

        private final PoolFile file;
        private ByteBuffer buffer = ByteBuffer.allocate(FIRST_BUFFER);
        private long position;

        Writer(PoolFile file, long position) {
            this.file = file;
            this.position = position;
        }

        @Override
        public void write(int b) throws IOException {
            makeRoom();
            buffer.put((byte) b);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                makeRoom();
                int count = Math.min(length - done, buffer.remaining());
                buffer.put(source, offset + done, count);
                done += count;
            }
        }

        private void makeRoom() throws IOException {
            if (buffer.position() == FIRST_BUFFER && buffer.capacity() == FIRST_BUFFER) {
                buffer = ByteBuffer.allocate(BUFFER).put(buffer.flip());
            } else if (!buffer.hasRemaining()) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            int count = buffer.remaining();
            file.write(buffer, position);
            position += count;
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
