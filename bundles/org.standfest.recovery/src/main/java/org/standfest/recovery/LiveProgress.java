package org.standfest.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far the step at work is; lost in a crash, and no harm. Safe for any thread. */
final class LiveProgress {

    private String step = "";
    private Instant begunAt = Instant.EPOCH;
    private long done = -1;
    private long total = -1;
    private long moved = -1;
    private Duration pause = Duration.ZERO;
    private Duration limit = Duration.ZERO;

    /** A picture of it. */
    record View(String step, long tookMillis, long done, long total, Optional<Long> remaining) {}

    synchronized void begin(String id, Instant now) {
        if (!id.equals(step)) {
            pause = Duration.ZERO;
        }
        step = id;
        begunAt = now;
        limit = Duration.ZERO;
        done = -1;
        total = -1;
        moved = -1;
    }

    /** How long the step at work may take; zero for as long as it wants. */
    synchronized void limit(Duration most) {
        limit = most;
    }

    /** Whether the step at work has taken longer than it may. */
    synchronized boolean late(Instant now) {
        return !limit.isZero() && Duration.between(begunAt, now).compareTo(limit) > 0;
    }

    synchronized void moved(long bytes) {
        moved = bytes;
    }

    /** What was moved over the wire, if the step said so. */
    synchronized Optional<Long> moved() {
        return moved < 0 ? Optional.empty() : Optional.of(moved);
    }

    synchronized void report(long newDone, long newTotal) {
        done = newDone;
        total = newTotal;
    }

    synchronized long tookMillis(Instant now) {
        return Math.max(0, Duration.between(begunAt, now).toMillis());
    }

    /** Each pause is twice the one before. */
    synchronized Duration nextPause(Duration first, Duration longest) {
        pause = pause.isZero() ? first : pause.multipliedBy(2);
        pause = pause.compareTo(longest) > 0 ? longest : pause;
        return pause;
    }

    synchronized View view(Instant now) {
        long took = tookMillis(now);
        Optional<Long> remaining =
                done > 0 && total >= done
                        ? Optional.of((long) ((double) took / done * (total - done)))
                        : Optional.empty();
        return new View(step, took, done, total, remaining);
    }
}
