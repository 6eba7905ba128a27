package org.standfest.standby;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What a standby does beside its answers. Safe for any thread. */
final class Background {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Something that goes on until it is interrupted or ends by itself. */
    interface Loop {
        void run() throws InterruptedException;
    }

    /** A thread for it, not started. */
    static Thread loop(String name, Loop loop) {
        return Thread.ofVirtual()
                .name(name)
                .unstarted(
                        () -> {
                            try {
                                loop.run();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** For those who bring their own tasks. */
    ExecutorService threads() {
        return threads;
    }

    /** Begins a task; what comes in while everything is being stopped is not looked at any more. */
    void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException _) {
            return;
        }
    }

    /** Takes no more tasks and waits for those at work, so long at most. */
    void stop(Duration limit) throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
