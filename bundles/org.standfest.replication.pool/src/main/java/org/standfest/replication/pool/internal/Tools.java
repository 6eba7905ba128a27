package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.PoolFiles;

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
        PoolSettings settings) {

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
