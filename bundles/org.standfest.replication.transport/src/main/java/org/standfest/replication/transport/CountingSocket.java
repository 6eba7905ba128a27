package org.standfest.replication.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A plain socket that counts what really travels; TLS is layered over it. Records of TLS have 16
 * KiB at most: they are gathered here, and read here in larger pieces, so that not each of them
 * takes calls of the system of its own.
 */
final class CountingSocket extends Socket {

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int READ_BYTES = 64 * 1024;

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final ReentrantLock writing = new ReentrantLock();
    private OutputStream plainOut;
    private volatile byte[] gathered;
    private int gatheredBytes;

    Channel.Traffic traffic() {
        return new Channel.Traffic(sent.sum(), received.sum());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Read(super.getInputStream());
    }

    /** Reads in pieces as large as the buffer, once there is one. */
    private final class Read extends InputStream {

        private final InputStream plain;
        private byte[] buffer;
        private int position;
        private int limit;

        Read(InputStream plain) {
            this.plain = plain;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position == limit) {
                if (buffer == null && gathered != null) {
                    buffer = new byte[READ_BYTES];
                }
                if (buffer == null || length >= buffer.length) {
                    return counted(plain.read(bytes, offset, length));
                }
                limit = Math.max(0, counted(plain.read(buffer, 0, buffer.length)));
                position = 0;
                if (limit == 0) {
                    return -1;
                }
            }
            int count = Math.min(length, limit - position);
            System.arraycopy(buffer, position, bytes, offset, count);
            position += count;
            return count;
        }

        private int counted(int count) {
            received.add(Math.max(0, count));
            return count;
        }

        @Override
        public int available() throws IOException {
            return limit - position + plain.available();
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        plainOut = super.getOutputStream();
        return new Counted();
    }

    /** From now on what is written waits for {@link #push}, or until much has come together. */
    void gather() {
        writing.lock();
        gathered = new byte[BUFFER_BYTES];
        writing.unlock();
    }

    /** Sends what was gathered. */
    void push() throws IOException {
        writing.lock();
        try {
            if (gatheredBytes > 0) {
                int count = gatheredBytes;
                gatheredBytes = 0;
                plainOut.write(gathered, 0, count);
                sent.add(count);
            }
        } finally {
            writing.unlock();
        }
    }

    private final class Counted extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writing.lock();
            try {
                if (gathered == null || length > BUFFER_BYTES - gatheredBytes) {
                    push();
                }
                if (gathered == null || length > BUFFER_BYTES) {
                    plainOut.write(bytes, offset, length);
                    sent.add(length);
                } else {
                    System.arraycopy(bytes, offset, gathered, gatheredBytes, length);
                    gatheredBytes += length;
                }
            } finally {
                writing.unlock();
            }
        }

        /** TLS flushes every record; only {@link CountingSocket#push} does it once gathering. */
        @Override
        public void flush() throws IOException {
            if (gathered == null) {
                plainOut.flush();
            }
        }

        @Override
        public void close() throws IOException {
            push();
            plainOut.close();
        }
    }
}
