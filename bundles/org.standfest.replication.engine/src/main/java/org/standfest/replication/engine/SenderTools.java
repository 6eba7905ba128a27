package org.standfest.replication.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a sender needs from outside.
 *
 * @param threads makes the threads that read, hash and compress
 * @param nanos tells nanoseconds of which only differences count
 * @param random makes secret keys; has to be secure in a product
 * @param shares the line that all sessions of this machine share
 * @param patience how long, by the machine's own time, a sender waits for the last words of a
 *     receiver whose line broke, and for its own thread to end
 */
public record SenderTools(
        ThreadFactory threads,
        LongSupplier nanos,
        RandomGenerator random,
        LineShares shares,
        Duration patience) {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(2);

    /** With the patience that is usual. */
    public SenderTools(
            ThreadFactory threads, LongSupplier nanos, RandomGenerator random, LineShares shares) {
        this(threads, nanos, random, shares, USUAL_PATIENCE);
    }

    /** With the JDK's clock, threads and randomness, and a line without a limit. */
    public static SenderTools standard() {
        return new SenderTools(
                Thread.ofPlatform().daemon().name("hash").factory(),
                System::nanoTime,
                new SecureRandom(),
                LineShares.unlimited());
    }
}
