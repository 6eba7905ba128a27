package org.standfest.replication.engine;

import org.standfest.replication.transport.ChannelException;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends on a thread of its own what one thread finds, so that reading and hashing go on meanwhile:
 * acts are carried out one after the other in the order in which they were handed over, with one
 * waiting at most. After an act failed none is carried out any more.
 */
final class TreeLine implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Act waiting;
    private boolean busy;
    private boolean closed;
    private Throwable fault;

    /** Something to send. */
    @FunctionalInterface
    interface Act {
        void run() throws ChannelException, SourceFault;
    }

    TreeLine() {
        Thread.ofVirtual().name("tree-line").start(this::work);
    }

    /** Hands an act over as soon as none waits; throws what an earlier one met. */
    void hand(Act act) throws ChannelException, SourceFault {
        lock.lock();
        try {
            while (waiting != null && fault == null) {
                changed.awaitUninterruptibly();
            }
            rethrow();
            waiting = act;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything was carried out. */
    void settle() throws ChannelException, SourceFault {
        lock.lock();
        try {
            while ((waiting != null || busy) && fault == null) {
                changed.awaitUninterruptibly();
            }
            rethrow();
        } finally {
            lock.unlock();
        }
    }

    private void rethrow() throws ChannelException, SourceFault {
        switch (fault) {
            case null -> {
                return;
            }
            case ChannelException broken -> throw broken;
            case SourceFault source -> throw source;
            case Error error -> throw error;
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(fault);
        }
    }

    private void work() {
        for (Act act = take(); act != null; act = take()) {
            Throwable met = null;
            try {
                act.run();
            } catch (Throwable thrown) {
                // whatever it is belongs to the thread that hands over
                met = thrown;
            }
            done(met);
        }
    }

    private Act take() {
        lock.lock();
        try {
            while (waiting == null && !closed && fault == null) {
                changed.awaitUninterruptibly();
            }
            Act next = closed || fault != null ? null : waiting;
            waiting = null;
            busy = next != null;
            changed.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void done(Throwable met) {
        lock.lock();
        try {
            busy = false;
            fault = met;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends; an act that is under way is waited for, so that nobody else sends meanwhile. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            while (busy) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
