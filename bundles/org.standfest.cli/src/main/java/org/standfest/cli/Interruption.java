package org.standfest.cli;

/**
 * Something to do when the process is told to end (Ctrl-C, SIGTERM) while this is open. The act
 * runs on a thread of its own and the process waits for it. For one thread.
 */
final class Interruption implements AutoCloseable {

    private final Thread hook;

    Interruption(Runnable act) {
        this.hook = new Thread(act, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process ends already, and the act runs.
            return;
        }
    }
}
