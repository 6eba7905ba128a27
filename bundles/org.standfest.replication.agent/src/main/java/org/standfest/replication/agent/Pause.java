package org.standfest.replication.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waiting that ends at once when the agent is told to stop: the one place where the agent waits for
 * time to pass.
 */
final class Pause {

    private final CountDownLatch stop = new CountDownLatch(1);

    /** Whether to go on after waiting so long. */
    boolean goOnAfter(Duration time) {
        try {
            return !stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void stop() {
        stop.countDown();
    }

    boolean stopped() {
        return stop.getCount() == 0;
    }
}
