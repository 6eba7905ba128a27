package org.standfest.adaptation.guestfish;

import org.standfest.host.ProgramRunner;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs programs that are ended when somebody says so.
 *
 * @param programs runs them; ends them when its thread is interrupted
 */
record Cancellable(ProgramRunner programs) {

    private static final long LOOK_MILLIS = 200;

    /**
     * Runs a program and waits for its end.
     *
     * @return empty if it was cancelled: the program has ended then
     */
    Optional<ProgramRunner.Result> run(
            List<String> words,
            Map<String, String> environment,
            Duration limit,
            BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        FutureTask<ProgramRunner.Result> task =
                new FutureTask<>(() -> programs.run(words, environment, limit));
        Thread thread = Thread.ofVirtual().name("adaptation").start(task);
        try {
            while (true) {
                try {
                    return Optional.of(task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
                } catch (TimeoutException atWork) {
                    if (cancelled.getAsBoolean()) {
                        return Optional.empty();
                    }
                }
            }
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof IOException notStarted) {
                throw notStarted;
            }
            throw new IllegalStateException(fault.getCause());
        } finally {
            thread.interrupt();
            thread.join();
        }
    }
}
