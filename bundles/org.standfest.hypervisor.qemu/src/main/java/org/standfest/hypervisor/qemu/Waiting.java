package org.standfest.hypervisor.qemu;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The one place of this bundle that waits for the world to change. */
final class Waiting {

    private static final long STEP_NANOS = Duration.ofMillis(10).toNanos();

    private Waiting() {}

    /**
     * Waits until a condition holds.
     *
     * @return whether it held within the limit and before the thread was interrupted
     */
    static boolean until(BooleanSupplier condition, Duration limit) {
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
