package org.standfest.replication.agent;

import org.standfest.replication.engine.Cancellation;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many systems are read and sent at once, however many were ordered: an open session has
 * buffers and manifests, and more of them than that end no sooner. The highest priority goes first,
 * then who came first. Safe for any thread.
 */
final class Turns {

    private static final Duration LOOK_FOR_CANCELLATION = Duration.ofMillis(500);

    private record Waiting(String who, int priority, long number, CountDownLatch called) {}

    private final TreeSet<Waiting> queue =
            new TreeSet<>(
                    Comparator.comparingInt(Waiting::priority)
                            .reversed()
                            .thenComparingLong(Waiting::number));
    private int free;
    private long arrived;

    /**
     * @param places how many at once, 1 or more
     */
    Turns(int places) {
        this.free = places;
    }

    /**
     * Does it when it is its turn.
     *
     * @return empty if it was cancelled before; then nothing was done
     */
    <T> Optional<T> take(String who, int priority, Cancellation cancellation, Supplier<T> work) {
        boolean place = await(enqueue(who, priority), cancellation);
        try {
            return cancellation.requested() ? Optional.empty() : Optional.of(work.get());
        } finally {
            if (place) {
                leave();
            }
        }
    }

    /** Whether somebody of this name has no place yet. */
    synchronized boolean isWaiting(String who) {
        return queue.stream().anyMatch(it -> it.who().equals(who));
    }

    private synchronized Waiting enqueue(String who, int priority) {
        Waiting mine = new Waiting(who, priority, arrived++, new CountDownLatch(1));
        queue.add(mine);
        call();
        return mine;
    }

    private synchronized void leave() {
        free++;
        call();
    }

    private void call() {
        while (free > 0 && !queue.isEmpty()) {
            free--;
            queue.pollFirst().called().countDown();
        }
    }

    /** Whether it was called; otherwise it has left the queue. */
    private boolean await(Waiting mine, Cancellation cancellation) {
        try {
            boolean called = false;
            while (!called && !cancellation.requested()) {
                called =
                        mine.called()
                                .await(LOOK_FOR_CANCELLATION.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return !queue.remove(mine);
        }
    }
}
