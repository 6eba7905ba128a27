package org.standfest.replication.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waiting that ends at once when the agent is told to stop: the one place where the agent waits for
 * time to pass. Safe for any thread.
 */
public interface Pause {

    /** Whether to go on after waiting so long; false at once when stopped or interrupted. */
    boolean goOnAfter(Duration time);

    /** Ends all waiting, now and later. Idempotent. */
    void stop();

    /** Whether it was stopped. */
    boolean stopped();

    /** Waits for real time. */
    static Pause real() {
        return new Real();
    }

    /** Waits for real time. */
    final class Real implements Pause {

        private final CountDownLatch stop = new CountDownLatch(1);

        private Real() {}

        @Override
        public boolean goOnAfter(Duration time) {
            try {
                return !stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void stop() {
            stop.countDown();
        }

        @Override
        public boolean stopped() {
            return stop.getCount() == 0;
        }
    }
}
