package org.standfest.replication.engine;

import java.security.SecureRandom;
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
 */
public record SenderTools(
        ThreadFactory threads, LongSupplier nanos, RandomGenerator random, LineShares shares) {

    /** With the JDK's clock, threads and randomness, and a line without a limit. */
    public static SenderTools standard() {
        return new SenderTools(
                Thread.ofPlatform().daemon().name("hash").factory(),
                System::nanoTime,
                new SecureRandom(),
                LineShares.unlimited());
    }
}
