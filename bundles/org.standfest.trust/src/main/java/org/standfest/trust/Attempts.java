package org.standfest.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts wrong codes: five from one address, or sixty together, within a quarter of an hour close
 * the door until the quarter is over. Guarded by its owner's lock.
 */
final class Attempts {

    static final int PER_ADDRESS = 5;
    static final int TOGETHER = 60;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final Deque<Instant> all = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> byAddress = new HashMap<>();

    boolean closed(String address, Instant now) {
        Instant since = now.minus(WINDOW);
        forget(all, since);
        byAddress.values().removeIf(times -> forget(times, since).isEmpty());
        return all.size() >= TOGETHER
                || byAddress.containsKey(address) && byAddress.get(address).size() >= PER_ADDRESS;
    }

    void wrong(String address, Instant now) {
        all.addLast(now);
        byAddress.computeIfAbsent(address, _ -> new ArrayDeque<>()).addLast(now);
    }

    private static Deque<Instant> forget(Deque<Instant> times, Instant since) {
        while (!times.isEmpty() && !times.getFirst().isAfter(since)) {
            times.removeFirst();
        }
        return times;
    }
}
