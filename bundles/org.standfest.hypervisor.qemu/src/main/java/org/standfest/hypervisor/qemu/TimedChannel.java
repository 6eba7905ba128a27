package org.standfest.hypervisor.qemu;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A local socket on which nothing waits longer than a limit: the peer may be stopped, dead or
 * hostile. Used by one thread at a time.
 */
final class TimedChannel implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    /**
     * Connects.
     *
     * @throws java.net.ConnectException nobody listens on the socket
     * @throws IOException there is no socket, or the listener takes nobody in
     */
    TimedChannel(Path socket, Duration limit) throws IOException {
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        this.selector = Selector.open();
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            this.key = channel.register(selector, 0);
            long end = System.nanoTime() + limit.toNanos();
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                do {
                    await(SelectionKey.OP_CONNECT, end);
                } while (!channel.finishConnect());
            }
            connected = true;
        } finally {
            if (!connected) {
                close();
            }
        }
    }

    /** Reads at least one byte. */
    void readSome(ByteBuffer target, long endNanos) throws IOException {
        int count = channel.read(target);
        while (count == 0) {
            await(SelectionKey.OP_READ, endNanos);
            count = channel.read(target);
        }
        if (count < 0) {
            throw new EOFException("the other side closed the connection");
        }
    }

    /** Fills the buffer. */
    void readFully(ByteBuffer target, long endNanos) throws IOException {
        while (target.hasRemaining()) {
            readSome(target, endNanos);
        }
    }

    /** Writes the whole buffer. */
    void writeFully(ByteBuffer content, long endNanos) throws IOException {
        while (content.hasRemaining()) {
            if (channel.write(content) == 0) {
                await(SelectionKey.OP_WRITE, endNanos);
            }
        }
    }

    private void await(int operation, long endNanos) throws IOException {
        long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
            throw new SlowPeerException();
        }
        key.interestOps(operation);
        selector.select(leftMillis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("cancelled");
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }

    /** The other side did not answer within its limit. */
    static final class SlowPeerException extends IOException {
        private static final long serialVersionUID = 1L;

        SlowPeerException() {
            super("no answer within the time limit");
        }
    }
}
