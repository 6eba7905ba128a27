package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the receiver's answers on a thread of its own, so that the sender never waits for the line
 * while the receiver waits for it. Acknowledgements open the window, the rest is handed out in
 * order.
 */
final class Inbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Channel channel;
    private final Thread thread;
    private long acknowledgedBytes;
    private ChannelException end;

    Inbox(Channel channel) {
        this.channel = channel;
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
            if (message instanceof Message.Acknowledged(long bytes)) {
                acknowledgedBytes = Math.max(acknowledgedBytes, bytes);
            } else {
                messages.addLast(message);
            }
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
            return messages.removeFirst();
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

    /** Waits until no more than a window of what was sent is unacknowledged. */
    void awaitRoom(long sentBytes, long windowBytes) throws ChannelException {
        lock.lock();
        try {
            while (sentBytes - acknowledgedBytes > windowBytes) {
                waitOrThrow();
            }
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
    void join() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
