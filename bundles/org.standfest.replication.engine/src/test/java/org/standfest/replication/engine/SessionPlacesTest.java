package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SessionPlacesTest {

    private static final SessionPlaces.Waiting ALWAYS = _ -> true;

    private volatile Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;

    private static SessionPlaces.Guest guest(String owner, String name, int priority) {
        return new SessionPlaces.Guest(owner, name, priority, () -> false);
    }

    private static SessionPlaces.Guest urgent(String owner, String name, BooleanSupplier since) {
        return new SessionPlaces.Guest(owner, name, 1, since);
    }

    /** Has a place until it is told to leave. */
    private static final class Holder {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch leave = new CountDownLatch(1);
        private final AtomicBoolean broke = new AtomicBoolean();
        private final Semaphore asked = new Semaphore(0);
        private final Thread thread;

        Holder(SessionPlaces places, SessionPlaces.Guest guest) {
            thread = Thread.startVirtualThread(() -> places.take(guest, this::ask, this::hold));
        }

        private boolean ask(int ahead) {
            asked.release();
            return true;
        }

        private int hold(SessionPlaces.Place place) {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            if (broke.get()) {
                place.broke();
            }
            return 0;
        }

        Holder entered() throws InterruptedException {
            entered.await();
            return this;
        }

        /** Whether it has no place as everything is now: asked once more, it still waits. */
        boolean waits() throws InterruptedException {
            asked.drainPermits();
            boolean again = false;
            while (!again && entered.getCount() > 0) {
                again = asked.tryAcquire(50, TimeUnit.MILLISECONDS);
            }
            return again;
        }

        void leaves() throws InterruptedException {
            leave.countDown();
            thread.join();
        }
    }

    @Test
    void neverMoreThanThePlacesAreTaken() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(3);
        AtomicInteger present = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Function<SessionPlaces.Place, Integer> work =
                _ -> {
                    most.accumulateAndGet(present.incrementAndGet(), Math::max);
                    Thread.yield();
                    present.decrementAndGet();
                    return done.incrementAndGet();
                };
        AtomicInteger names = new AtomicInteger();
        List<Thread> threads =
                Stream.generate(() -> guest("", "g" + names.incrementAndGet(), 5))
                        .limit(200)
                        .map(it -> Thread.startVirtualThread(() -> places.take(it, ALWAYS, work)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(200, done.get());
        assertTrue(most.get() <= 3, () -> most + " at once");
    }

    /** In which order those who come one after the other get the only place. */
    private static List<String> order(List<SessionPlaces.Guest> guests)
            throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1);
        Holder holder = new Holder(places, guest("", "holder", 1)).entered();
        ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (SessionPlaces.Guest it : guests) {
            threads.add(
                    Thread.startVirtualThread(
                            () -> places.take(it, ALWAYS, _ -> order.add(it.name()))));
            while (!places.isWaiting(it.name())) {
                Thread.onSpinWait();
            }
        }
        holder.leaves();
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(order);
    }

    @Test
    void aHigherPriorityGoesFirstThenWhoCameFirst() throws InterruptedException {
        List<SessionPlaces.Guest> guests =
                Stream.of("5a", "1", "5b", "9")
                        .map(name -> guest("", name, name.charAt(0) - '0'))
                        .toList();
        assertEquals(List.of("9", "5a", "5b", "1"), order(guests));
    }

    @Test
    void theLowestPriorityIsNotPassedForEver() throws InterruptedException {
        List<SessionPlaces.Guest> guests = new ArrayList<>(List.of(guest("", "low", 1)));
        for (int i = 0; i < 100; i++) {
            guests.add(guest("", "high" + i, 512));
        }
        int passed = order(guests).indexOf("low");
        assertTrue(passed > 50 && passed <= 64, () -> "passed by " + passed);
    }

    @Test
    void whoNoLongerWantsToIsNotServedAndTakesNoPlaceAway() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1);
        Holder first = new Holder(places, guest("", "first", 5)).entered();
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread second =
                Thread.startVirtualThread(
                        () ->
                                places.take(
                                        guest("", "second", 5),
                                        _ -> !cancelled.get(),
                                        _ -> done.getAndSet(true)));
        while (!places.isWaiting("second")) {
            Thread.onSpinWait();
        }
        assertFalse(places.isWaiting("first"));
        cancelled.set(true);
        second.join();
        assertFalse(places.isWaiting("second"));
        first.leaves();
        assertFalse(done.get());
        assertEquals(Optional.of(7), places.take(guest("", "third", 5), ALWAYS, _ -> 7));
    }

    @Test
    void oneOwnerDoesNotKeepTheOthersOut() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(2, 1, clock);
        Holder one = new Holder(places, guest("greedy", "1", 1)).entered();
        Holder two = new Holder(places, guest("greedy", "2", 1));
        assertTrue(two.waits());
        Holder other = new Holder(places, guest("modest", "3", 1)).entered();
        assertTrue(two.waits());
        other.leaves();
        assertTrue(two.waits());
        one.leaves();
        two.entered().leaves();
    }

    @Test
    void whoStandsStillIsNotWaitedFor() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        Holder still = new Holder(places, guest("a", "1", 1)).entered();
        Holder next = new Holder(places, guest("b", "2", 1));
        now = now.plus(Duration.ofMinutes(9));
        assertTrue(next.waits());
        now = now.plus(Duration.ofMinutes(2));
        next.entered().leaves();
        still.leaves();
    }

    @Test
    void whoWorksIsWaitedFor() {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        places.take(
                guest("a", "1", 1),
                ALWAYS,
                place -> {
                    now = now.plus(Duration.ofMinutes(11));
                    place.active();
                    Optional<Integer> without = places.take(guest("b", "2", 1), _ -> false, _ -> 1);
                    assertEquals(Optional.empty(), without);
                    return 0;
                });
    }

    @Test
    void aBrokenLineFindsItsPlaceAgainForSomeTime() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        Holder broken = new Holder(places, guest("a", "1", 1)).entered();
        broken.broke.set(true);
        Holder next = new Holder(places, guest("b", "2", 1));
        assertTrue(next.waits());
        broken.leaves();
        assertTrue(next.waits());
        Holder back = new Holder(places, guest("a", "1", 1)).entered();
        back.broke.set(true);
        back.leaves();
        assertTrue(next.waits());
        now = now.plus(Duration.ofMinutes(3));
        next.entered().leaves();
    }

    @Test
    void aNewLineTakesThePlaceOfOneThatIsNotKnownToBeBroken() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        Holder stale = new Holder(places, guest("a", "1", 1)).entered();
        Holder again = new Holder(places, guest("a", "1", 1)).entered();
        Holder next = new Holder(places, guest("b", "2", 1));
        stale.leaves();
        assertTrue(next.waits(), "one of the two is still at it");
        again.leaves();
        next.entered().leaves();
    }

    @Test
    void theUrgentDoNotWaitButCount() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        Holder first = new Holder(places, guest("a", "1", 1)).entered();
        Holder urgent = new Holder(places, urgent("b", "2", () -> true)).entered();
        Holder next = new Holder(places, guest("c", "3", 1));
        first.leaves();
        assertTrue(next.waits());
        urgent.leaves();
        next.entered().leaves();
    }

    @Test
    void whoBecomesUrgentWhileItWaitsDoesNotWaitAnyLonger() throws InterruptedException {
        SessionPlaces places = new SessionPlaces(1, 1, clock);
        Holder first = new Holder(places, guest("a", "1", 1)).entered();
        AtomicBoolean down = new AtomicBoolean();
        Holder last = new Holder(places, urgent("b", "2", down::get));
        assertTrue(last.waits());
        down.set(true);
        last.entered().leaves();
        first.leaves();
    }
}
