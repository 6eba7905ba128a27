package org.standfest.replication.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far something is, how fast, and how long it will take: the rate is smoothed over about half a
 * minute, so that neither a pause of the disk nor the first burst decides. For any thread.
 */
final class ProgressMeter {

    private static final double SMOOTHING_SECONDS = 30;

    private final Instant began;
    private Instant last;
    private long done;
    private long total;
    private double rate;
    private boolean measured;

    ProgressMeter(Instant began) {
        this.began = began;
        this.last = began;
    }

    /**
     * @param bytesPerSecond zero: not known yet
     * @param remaining empty: not known yet
     */
    record Reading(
            Duration elapsed,
            long done,
            long total,
            double bytesPerSecond,
            Optional<Duration> remaining) {}

    /** Takes a new state; an older one (another thread's) is left out. */
    synchronized void at(Instant now, long doneNow, long totalNow) {
        double seconds = Duration.between(last, now).toNanos() / 1e9;
        total = totalNow;
        if (doneNow <= done || seconds <= 0) {
            return;
        }
        double current = (doneNow - done) / seconds;
        double weight = measured ? 1 - Math.exp(-seconds / SMOOTHING_SECONDS) : 1;
        rate += weight * (current - rate);
        measured = true;
        done = doneNow;
        last = now;
    }

    synchronized Reading reading(Instant now) {
        Optional<Duration> remaining =
                rate > 0 && total > done
                        ? Optional.of(Duration.ofMillis(Math.round((total - done) / rate * 1000)))
                        : Optional.empty();
        return new Reading(Duration.between(began, now), done, total, rate, remaining);
    }
}
