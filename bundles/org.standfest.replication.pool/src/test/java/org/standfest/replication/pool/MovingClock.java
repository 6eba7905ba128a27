package org.standfest.replication.pool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that somebody sets, and beside it the time that really passes. */
final class MovingClock extends Clock {

    private Instant now = PoolDriver.TAKEN;
    private long nanos;

    /** Time passes. */
    void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Somebody sets the clock. */
    void set(Duration by) {
        now = now.plus(by);
    }

    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
