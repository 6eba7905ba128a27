package org.standfest.replication.pool;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.internal.DirectoryPool;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Opens image pools. Immutable, safe for any thread. */
public final class PoolOpener {

    private final PoolFiles files;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RandomGenerator random;

    /**
     * With everything that comes from outside.
     *
     * @param files the file system; {@link org.standfest.replication.pool.files.LocalPoolFiles} in
     *     a product
     * @param clock tells when points were committed
     * @param random makes the ids of points; should be secure, so that they are unique in the world
     */
    public PoolOpener(PoolFiles files, Clock clock, RandomGenerator random) {
        this(files, clock, System::nanoTime, random);
    }

    /**
     * With everything that comes from outside.
     *
     * @param nanos a clock that never goes back, in nanoseconds: what it counts while the pool is
     *     open is the time that locks wait for
     */
    public PoolOpener(PoolFiles files, Clock clock, LongSupplier nanos, RandomGenerator random) {
        this.files = Objects.requireNonNull(files);
        this.clock = Objects.requireNonNull(clock);
        this.nanos = Objects.requireNonNull(nanos);
        this.random = Objects.requireNonNull(random);
    }

    /**
     * Opens the pool in a directory, creates it when the directory is missing or empty, and
     * finishes a commit that a crash interrupted. Refused when another process has it open, when
     * the directory holds something else, or when its version is unknown.
     */
    public Outcome<ImagePool> open(Path directory, PoolSettings settings) {
        return DirectoryPool.open(directory, settings, files, clock, nanos, random);
    }
}
