package org.standfest.analysis.commands;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the process was told to end (Ctrl-C, SIGTERM) while this is open. The process then waits
 * some seconds for this to be closed, so that what was calculated until then can be printed. Opened
 * and closed by one thread, asked by any.
 */
final class Cancellation implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch printed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::wanted, "cancellation");
    private volatile boolean asked;

    Cancellation() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the calculation is to end now with what it has. */
    boolean asked() {
        return asked || Thread.currentThread().isInterrupted();
    }

    /** What the process does when it is told to end. */
    void wanted() {
        asked = true;
        try {
            printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        printed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the hook has just been let go.
            return;
        }
    }
}
