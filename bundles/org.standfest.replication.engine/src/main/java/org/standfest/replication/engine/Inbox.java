package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Reads what arrives on a thread of its own, so that the line and the work on what came go on at
 * once, and a sender never waits for the line while the receiver waits for it. Acknowledgements
 * open the window, the rest is handed out in order. What nobody takes is bounded: then the line
 * waits.
 */
final class Inbox {

    private static final long MOST_BYTES = 2L << 20;

    /** What a message takes besides its content. */
    private static final int HEAD_BYTES = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Channel channel;
    private final LongSupplier nanos;
    private final LineWindow window;
    private final Thread thread;
    private long waitingBytes;
    private boolean discarding;
    private ChannelException end;

    /** For a receiver, to whom nothing is acknowledged. */
    Inbox(Channel channel) {
        this(channel, () -> 0, null);
    }

    /**
     * For a sender.
     *
     * @param windowBytes how much the receiver lets be under way
     * @param nanos tells nanoseconds of which only differences count
     */
    Inbox(Channel channel, long windowBytes, LongSupplier nanos) {
        this(channel, nanos, new LineWindow(windowBytes, nanos.getAsLong()));
    }

    private Inbox(Channel channel, LongSupplier nanos, LineWindow window) {
        this.channel = channel;
        this.nanos = nanos;
        this.window = window;
        thread = Thread.ofVirtual().name("session-inbox").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                take(channel.receive());
            }
        } catch (ChannelException over) {
            lock.lock();
            try {
                end = over;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void take(Message message) {
        lock.lock();
        try {
            if (window != null && message instanceof Message.Acknowledged(long bytes)) {
                window.acknowledged(bytes, nanos.getAsLong());
            } else {
                while (waitingBytes > MOST_BYTES && !discarding) {
                    changed.awaitUninterruptibly();
                }
                if (!discarding) {
                    messages.addLast(message);
                    waitingBytes += size(message);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long size(Message message) {
        return HEAD_BYTES
                + switch (message) {
                    case Message.Block block -> block.content().length;
                    case Message.Patch patch -> patch.content().length;
                    case Message.Attachment part -> part.content().length;
                    case Message.Pack pack -> pack.content().length + 2L * pack.hashes().length;
                    case Message.Bare bare -> bare.content().length;
                    case Message.Hashes hashes -> hashes.hashes().length;
                    case Message.TreeChanges changes -> changes.changes().length;
                    case Message.ManifestPart part -> part.bytes().length;
                    case Message.Offer offer -> 2L * offer.hashes().length;
                    case Message.Wanted wanted -> wanted.subHashes().length;
                    default -> 0;
                };
    }

    /** From now on nobody takes anything; what still comes is read and thrown away. */
    void discard() {
        lock.lock();
        try {
            discarding = true;
            messages.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next answer that is no acknowledgement. */
    Message next() throws ChannelException {
        lock.lock();
        try {
            while (messages.isEmpty()) {
                waitOrThrow();
            }
            Message first = messages.removeFirst();
            boolean full = waitingBytes > MOST_BYTES;
            waitingBytes -= size(first);
            if (full) {
                changed.signalAll();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Whether an answer is there. */
    boolean hasNext() {
        lock.lock();
        try {
            return !messages.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for what is sent next. */
    void awaitRoom(long sentBytes) throws ChannelException {
        lock.lock();
        try {
            while (window.underWay(sentBytes) > window.bytes()) {
                waitOrThrow();
            }
            window.sent(sentBytes, nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** What the line was measured to carry, bytes in a second; 0 while unknown. */
    double bytesPerSecond() {
        lock.lock();
        try {
            return window.bytesPerSecond();
        } finally {
            lock.unlock();
        }
    }

    private void waitOrThrow() throws ChannelException {
        if (end != null) {
            throw end;
        }
        changed.awaitUninterruptibly();
    }

    /**
     * What the receiver said last, when sending has failed: its refusal says more than the broken
     * line.
     */
    ChannelException lastWords(ChannelException sendFault, Duration patience) {
        lock.lock();
        try {
            long rest = patience.toNanos();
            while (end == null && rest > 0) {
                rest = changed.awaitNanos(rest);
            }
            return end != null && end.reason() == ChannelException.Reason.REFUSED ? end : sendFault;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return sendFault;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the reading thread to end after the channel was closed. */
    void join(Duration patience) {
        try {
            thread.join(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
