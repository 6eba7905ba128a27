package org.standfest.replication.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * How many sessions are open at once, however many want to: an open one has buffers and manifests,
 * and more of them than the machine can serve end no sooner. The rest waits for its turn. Who comes
 * first goes first, but a higher priority lets one pass some of those who came before, never for
 * ever. Safe for any thread.
 */
public final class SessionPlaces {

    /** Those who wait are asked so often whether they still want to. */
    public static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** So many who came before are passed by a priority far above theirs. */
    private static final double MOST_PASSED = 64;

    /** A session that does nothing for so long (an hour without a line) is in nobody's way. */
    private static final Duration STILL = Duration.ofMinutes(10);

    /** A line that broke is back by then, or the place is free. */
    private static final Duration BACK = Duration.ofMinutes(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Ticket> queue =
            new TreeSet<>(
                    Comparator.comparingDouble(Ticket::order).thenComparingLong(Ticket::number));
    private final Map<Key, Place> taken = new HashMap<>();
    private final int atOnce;
    private final int ofOneOwner;
    private final InstantSource clock;
    private long arrived;

    /**
     * SessionPlaces that are kept until they are left.
     *
     * @param atOnce how many, 1 or more
     */
    public SessionPlaces(int atOnce) {
        this(atOnce, atOnce, InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * SessionPlaces for owners who do not know of each other.
     *
     * @param atOnce how many, 1 or more
     * @param ofOneOwner how many one owner has at most
     * @param clock tells who stands still: his place is lent to others, he keeps what he has
     */
    public SessionPlaces(int atOnce, int ofOneOwner, InstantSource clock) {
        if (atOnce < 1 || ofOneOwner < 1) {
            throw new IllegalArgumentException("places: " + atOnce + ", " + ofOneOwner);
        }
        this.atOnce = atOnce;
        this.ofOneOwner = ofOneOwner;
        this.clock = clock;
    }

    /**
     * Who wants a place.
     *
     * @param owner whose it is
     * @param name what for; a second one of the same name takes over the first one's place
     * @param priority 1 or more
     * @param urgent whether it does not wait: somebody's machine stands still until it is over, or
     *     others hold what they have until it comes. Asked again and again, because it may become
     *     so while it waits; by any thread and below a lock, so it must only look something up
     */
    public record Guest(String owner, String name, int priority, BooleanSupplier urgent) {

        /** Checks the range. */
        public Guest {
            if (priority < 1) {
                throw new IllegalArgumentException("priority " + priority);
            }
        }

        private Key key() {
            return new Key(owner, name);
        }
    }

    /** Hears of the waiting, on the thread that waits. */
    @FunctionalInterface
    public interface Waiting {
        /**
         * Called at least every {@link #LOOK_AGAIN}.
         *
         * @param ahead how many are before
         * @return false: it wants no place any more
         */
        boolean goesOn(int ahead);
    }

    private record Key(String owner, String name) {}

    private record Ticket(Guest guest, long number, double order) {}

    /** A place while it is taken. */
    public final class Place {

        private final Key key;
        private volatile long untilMillis;
        private volatile boolean broke;
        private boolean left;

        private Place(Key key) {
            this.key = key;
            active();
        }

        /** It does something. */
        public void active() {
            untilMillis = clock.instant().plus(STILL).toEpochMilli();
        }

        /** Its line broke: the place is kept for a while after it is left. */
        public void broke() {
            broke = true;
        }

        private boolean counts(long nowMillis) {
            return untilMillis > nowMillis;
        }
    }

    /**
     * Does something when it is its turn.
     *
     * @return empty if it did not want to wait any longer; then nothing was done
     */
    public <T> Optional<T> take(Guest guest, Waiting waiting, Function<Place, T> work) {
        Optional<Place> place = enter(guest, waiting);
        try {
            return place.map(work);
        } finally {
            place.ifPresent(this::leave);
        }
    }

    /** Whether somebody of this name has no place yet. */
    public boolean isWaiting(String name) {
        lock.lock();
        try {
            return queue.stream().anyMatch(it -> it.guest().name().equals(name));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Place> enter(Guest guest, Waiting waiting) {
        lock.lock();
        long number = arrived++;
        Ticket mine = new Ticket(guest, number, number + MOST_PASSED / guest.priority());
        queue.add(mine);
        try {
            boolean goesOn = true;
            while (goesOn && !mayEnter(mine)) {
                goesOn = ask(waiting, queue.headSet(mine).size());
                if (goesOn && !mayEnter(mine)) {
                    changed.awaitNanos(LOOK_AGAIN.toNanos());
                }
            }
            if (!goesOn) {
                return Optional.empty();
            }
            Place place = new Place(guest.key());
            taken.put(place.key, place);
            return Optional.of(place);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            queue.remove(mine);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Whoever is asked may take his time. */
    private boolean ask(Waiting waiting, int ahead) {
        lock.unlock();
        try {
            return waiting.goesOn(ahead);
        } finally {
            lock.lock();
        }
    }

    private boolean mayEnter(Ticket mine) {
        long now = clock.millis();
        taken.values().removeIf(place -> place.left && !place.counts(now));
        if (mine.guest().urgent().getAsBoolean() || taken.containsKey(mine.guest().key())) {
            return true;
        }
        int all = 0;
        Map<String, Integer> ofOwner = new HashMap<>();
        for (Place place : taken.values()) {
            if (place.counts(now)) {
                all++;
                ofOwner.merge(place.key.owner(), 1, Integer::sum);
            }
        }
        return all < atOnce
                && queue.stream()
                        .filter(it -> ofOwner.getOrDefault(it.guest().owner(), 0) < ofOneOwner)
                        .findFirst()
                        .filter(it -> it == mine)
                        .isPresent();
    }

    private void leave(Place place) {
        lock.lock();
        try {
            if (taken.get(place.key) == place) {
                if (place.broke) {
                    place.left = true;
                    place.untilMillis = clock.instant().plus(BACK).toEpochMilli();
                } else {
                    taken.remove(place.key);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
