package org.standfest.replication.simulation.machine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Time that passes only when a world says so; the wall clock may also jump. */
public final class SimClock extends Clock implements LongSupplier {

    private static final Instant BEGINNING = Instant.parse("2026-11-22T10:00:00Z");

    private long nanos;
    private long jumpedNanos;

    /** Lets time pass. */
    public void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Somebody sets the wall clock. */
    public void jump(Duration by) {
        jumpedNanos += by.toNanos();
    }

    /** What a clock that never goes back shows, in ns. */
    @Override
    public long getAsLong() {
        return nanos;
    }

    /** The wall clock in ns since 1970. */
    public long wallNanos() {
        return BEGINNING.getEpochSecond() * 1_000_000_000L + nanos + jumpedNanos;
    }

    @Override
    public Instant instant() {
        return BEGINNING.plusNanos(nanos + jumpedNanos);
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
