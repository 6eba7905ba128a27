package org.standfest.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one place that waits for programs of this host to change something. */
public final class Waiting {

    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private Waiting() {}

    /**
     * Waits until a condition holds.
     *
     * @return whether it held within the limit and before the thread was interrupted
     */
    public static boolean until(BooleanSupplier condition, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }
}
