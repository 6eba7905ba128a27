package org.standfest.replication.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/** A plain socket that counts what really travels; TLS is layered over it. */
final class CountingSocket extends Socket {

    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private OutputStream plainOut;

    Channel.Traffic traffic() {
        return new Channel.Traffic(sent.sum(), received.sum());
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                received.add(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                received.add(Math.max(0, count));
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        plainOut = super.getOutputStream();
        return new Counted();
    }

    private final class Counted extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            plainOut.write(value);
            sent.increment();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            plainOut.write(bytes, offset, length);
            sent.add(length);
        }

        @Override
        public void flush() throws IOException {
            plainOut.flush();
        }

        @Override
        public void close() throws IOException {
            plainOut.close();
        }
    }
}
