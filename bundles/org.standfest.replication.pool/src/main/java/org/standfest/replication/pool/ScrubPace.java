package org.standfest.replication.pool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Holds a scrub back, so that it does not disturb. Called on the thread of the scrub. */
@FunctionalInterface
public interface ScrubPace {

    /** As fast as it goes. */
    ScrubPace UNLIMITED = readBytes -> {};

    /** A piece of so many bytes was read; returns when the next one may be. */
    void read(long readBytes);

    /**
     * At most so many bytes per second on the average of the whole scrub.
     *
     * @param bytesPerSecond 1 or more
     * @param nanos a clock that never goes back, in nanoseconds
     * @param sleeper waits for a time
     */
    static ScrubPace limited(long bytesPerSecond, LongSupplier nanos, Consumer<Duration> sleeper) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("rate below 1 byte per second");
        }
        long[] free = {nanos.getAsLong()};
        return readBytes -> {
            long now = nanos.getAsLong();
            // what was not used is not saved up: a pause must not be followed by a burst
            free[0] = Math.max(free[0], now) + (long) (readBytes * 1e9 / bytesPerSecond);
            if (free[0] > now) {
                sleeper.accept(Duration.ofNanos(free[0] - now));
            }
        };
    }

    /** Like {@link #limited(long, LongSupplier, Consumer)} with the clock of a machine. */
    static ScrubPace limited(long bytesPerSecond, InstantSource clock, Consumer<Duration> sleeper) {
        return limited(bytesPerSecond, () -> clock.millis() * 1_000_000, sleeper);
    }
}
