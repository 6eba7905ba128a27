package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.engine.Cancellation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

final class TurnsTest {

    private static Thread start(Runnable work) {
        return Thread.ofVirtual().start(work);
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void neverMoreThanThePlacesAreAtWork() throws InterruptedException {
        Turns turns = new Turns(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads =
                java.util.stream.Stream.generate(
                                () ->
                                        start(
                                                () ->
                                                        turns.take(
                                                                "one",
                                                                5,
                                                                Cancellation.NEVER,
                                                                () -> {
                                                                    most.accumulateAndGet(
                                                                            now.incrementAndGet(),
                                                                            Math::max);
                                                                    Thread.yield();
                                                                    now.decrementAndGet();
                                                                    return done.incrementAndGet();
                                                                })))
                        .limit(200)
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(200, done.get());
        assertTrue(most.get() <= 3, () -> most + " at once");
    }

    @Test
    void theHighestPriorityGoesFirstThenWhoCameFirst() throws InterruptedException {
        Turns turns = new Turns(1);
        CountDownLatch leave = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Thread holder =
                start(
                        () ->
                                turns.take(
                                        "holder",
                                        1,
                                        Cancellation.NEVER,
                                        () -> {
                                            entered.countDown();
                                            try {
                                                leave.await();
                                            } catch (InterruptedException _) {
                                                Thread.currentThread().interrupt();
                                            }
                                            return 0;
                                        }));
        entered.await();
        ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new java.util.ArrayList<>();
        for (String name : List.of("5a", "1", "5b", "9")) {
            int priority = name.charAt(0) - '0';
            Thread thread =
                    start(
                            () ->
                                    turns.take(
                                            name,
                                            priority,
                                            Cancellation.NEVER,
                                            () -> order.add(name)));
            awaitParked(thread);
            threads.add(thread);
        }
        leave.countDown();
        holder.join();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of("9", "5a", "5b", "1"), List.copyOf(order));
    }

    @Test
    void whatIsCancelledWhileItWaitsIsNotDoneAndTakesNoPlaceAway() throws InterruptedException {
        Turns turns = new Turns(1);
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        turns.take(
                "first",
                5,
                Cancellation.NEVER,
                () -> {
                    assertFalse(turns.isWaiting("first"));
                    Thread waiting =
                            start(
                                    () ->
                                            turns.take(
                                                    "second",
                                                    5,
                                                    cancelled::get,
                                                    () -> done.getAndSet(true)));
                    awaitParked(waiting);
                    assertTrue(turns.isWaiting("second"));
                    cancelled.set(true);
                    try {
                        waiting.join();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    assertFalse(turns.isWaiting("second"));
                    return 0;
                });
        assertFalse(done.get());
        assertEquals(Optional.of(7), turns.take("third", 5, Cancellation.NEVER, () -> 7));
    }
}
