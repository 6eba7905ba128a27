package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What every part of a pool works with. */
record Tools(
        PoolFiles files,
        Clock clock,
        LongSupplier nanos,
        RandomGenerator random,
        PoolSettings settings,
        TrustedTime trusted,
        Customers customers) {

    /** What of a file system is never used. */
    long reserveBytes(Path directory) throws IOException {
        long total = settings.reservePercent() == 0 ? 0 : files.totalBytes(directory);
        return Math.max(settings.reserveBytes(), total / 100 * settings.reservePercent());
    }

    /** An id unique in the world, as long as the randomness is. */
    String newId() {
        long high;
        long low;
        synchronized (random) {
            high = random.nextLong();
            low = random.nextLong();
        }
        return new UUID(high & ~0xf000L | 0x4000L, low & ~(3L << 62) | 2L << 62).toString();
    }
}
