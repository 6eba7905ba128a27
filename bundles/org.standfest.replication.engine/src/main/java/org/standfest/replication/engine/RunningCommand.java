package org.standfest.replication.engine;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command an agent was asked to do. Safe for any thread. */
public final class RunningCommand {

    private final long id;
    private final CompletableFuture<Outcome<Map<String, String>>> result;
    private final Runnable cancel;

    RunningCommand(
            long id, CompletableFuture<Outcome<Map<String, String>>> result, Runnable cancel) {
        this.id = id;
        this.result = result;
        this.cancel = cancel;
    }

    /** Its number on the agent's line. */
    public long id() {
        return id;
    }

    /** Its facts, when it is over; always completed normally. */
    public CompletableFuture<Outcome<Map<String, String>>> result() {
        return result;
    }

    /**
     * Waits for its end.
     *
     * @return failed with {@code engine.no-answer} when it is not over in time; it goes on then
     */
    public Outcome<Map<String, String>> await(Duration limit) throws InterruptedException {
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Outcome.failed(
                    Faults.TEXTS.explain("engine.no-answer", Long.toString(limit.toSeconds())));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Asks the agent to stop it; the result then comes as usual. */
    public void cancel() {
        cancel.run();
    }
}
