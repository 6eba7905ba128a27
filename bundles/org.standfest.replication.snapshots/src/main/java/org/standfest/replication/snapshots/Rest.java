package org.standfest.replication.snapshots;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits a little before something is tried again; a simulator lets its own time pass. */
@FunctionalInterface
public interface Rest {

    /** Longer than the ticks of a kernel's file times and the margin that is kept from them. */
    long TICK_MILLIS = 60;

    /** Really waits. */
    Rest HOST = millis -> LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());

    /** Waits so long, or shorter. */
    void millis(long millis);
}
