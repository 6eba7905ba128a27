package org.standfest.replication.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

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
    private OptionalInt ahead = OptionalInt.empty();

    ProgressMeter(Instant began) {
        this.began = began;
        this.last = began;
    }

    /**
     * @param bytesPerSecond zero: not known yet
     * @param remaining empty: not known yet
     * @param ahead how many are before it while it waits for its turn; empty: it does not wait
     */
    record Reading(
            Duration elapsed,
            long done,
            long total,
            double bytesPerSecond,
            Optional<Duration> remaining,
            OptionalInt ahead) {}

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

    /** It waits for its turn, or no longer; whether it began or ended to wait. */
    synchronized boolean waits(OptionalInt nowAhead) {
        boolean changed = ahead.isPresent() != nowAhead.isPresent();
        ahead = nowAhead;
        return changed;
    }

    synchronized Reading reading(Instant now) {
        Optional<Duration> remaining =
                rate > 0 && total > done
                        ? Optional.of(Duration.ofMillis(Math.round((total - done) / rate * 1000)))
                        : Optional.empty();
        return new Reading(Duration.between(began, now), done, total, rate, remaining, ahead);
    }
}
