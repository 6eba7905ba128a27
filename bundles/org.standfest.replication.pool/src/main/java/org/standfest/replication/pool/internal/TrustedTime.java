package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A time that nobody can set forward: it advances by what both the clock and a counter that never
 * jumps say has passed while the pool was open, and never goes back. While the pool is closed it
 * stands still, because then there is no witness. Locks wait for it, so they may last longer than
 * was said, and never shorter. Safe for any thread.
 */
final class TrustedTime {

    private static final Duration WRITE_AFTER = Duration.ofMinutes(10);

    private final PoolFiles files;
    private final Path path;
    private final Clock clock;
    private final LongSupplier nanos;
    private Instant trusted;
    private Instant written;
    private Instant lastClock;
    private long lastNanos;

    TrustedTime(PoolFiles files, Path path, Clock clock, LongSupplier nanos) {
        this.files = files;
        this.path = path;
        this.clock = clock;
        this.nanos = nanos;
        trusted = Instant.MIN;
        written = trusted;
        lastClock = clock.instant();
        lastNanos = nanos.getAsLong();
    }

    /** Takes up what was written; what the points say helps when that is lost. */
    synchronized void load(boolean newPool) throws IOException, Refusal {
        if (newPool) {
            trusted = clock.instant();
            return;
        }
        if (files.exists(path) || files.exists(Sheet.copy(path))) {
            try {
                Sheet sheet = Sheet.readEither(files, path);
                Versions.check(sheet);
                atLeast(Instant.parse(sheet.get("trusted")));
                written = trusted;
            } catch (Damage | DateTimeException lost) {
                // the points know a time that is not later
            }
        }
    }

    /** A committed point was written at this trusted time, so it is not earlier now. */
    synchronized void atLeast(Instant instant) {
        if (instant.isAfter(trusted)) {
            trusted = instant;
        }
    }

    /** What it is now. */
    synchronized Instant now() {
        Instant byClock = clock.instant();
        long byNanos = nanos.getAsLong();
        Duration passed = Duration.between(lastClock, byClock);
        Duration counted = Duration.ofNanos(byNanos - lastNanos);
        Duration less = passed.compareTo(counted) < 0 ? passed : counted;
        if (trusted.equals(Instant.MIN)) {
            // a pool that never had a time, from format 1: it has no locks either
            trusted = byClock;
        } else if (less.isPositive()) {
            trusted = trusted.plus(less);
        }
        lastClock = byClock;
        lastNanos = byNanos;
        return trusted;
    }

    /**
     * Writes it down when it is worth it, now or the next time: on a full disk a pool has to open
     * and to be read, and time that was not written down makes locks longer, never shorter.
     */
    synchronized void keepIfPossible() {
        try {
            keep(false);
        } catch (IOException full) {
            // not written, so it is due the next time as well
        }
    }

    /** Writes it down when it is worth it. */
    synchronized void keep(boolean always) throws IOException {
        Instant now = now();
        boolean first = written.equals(Instant.MIN);
        if (first
                || always && now.isAfter(written)
                || Duration.between(written, now).compareTo(WRITE_AFTER) > 0) {
            new Sheet(
                            Map.of(
                                    "format", String.valueOf(DirectoryPool.FORMAT),
                                    "trusted", now.toString()))
                    .writeTwice(files, path);
            written = now;
        }
    }
}
