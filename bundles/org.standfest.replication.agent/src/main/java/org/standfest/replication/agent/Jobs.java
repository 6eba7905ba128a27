package org.standfest.replication.agent;

import org.standfest.replication.engine.Cancellation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The work under way: one thing for each system. Asking for the same thing again joins it;
 * something else is refused until it is over. Safe for any thread.
 */
final class Jobs {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Job> running = new ConcurrentHashMap<>();

    /** Does something for a system. */
    @FunctionalInterface
    interface Work {
        Outcome<Map<String, String>> run(Cancellation cancellation);
    }

    record Job(
            String what,
            CompletableFuture<Outcome<Map<String, String>>> result,
            AtomicBoolean cancelled) {

        void cancel() {
            cancelled.set(true);
        }
    }

    /** Begins on a thread of its own, or joins what is the same. */
    Job begin(String systemId, String what, Work work) {
        Job mine = new Job(what, new CompletableFuture<>(), new AtomicBoolean());
        Job other = running.putIfAbsent(systemId, mine);
        if (other != null && other.what().equals(what)) {
            return other;
        }
        if (other != null) {
            mine.result()
                    .complete(
                            Outcome.refused(
                                    AgentHome.TEXTS.explain("agent.busy", systemId, other.what())));
            return mine;
        }
        Thread.ofVirtual().name(what + " " + systemId).start(() -> run(systemId, mine, work));
        return mine;
    }

    private void run(String systemId, Job job, Work work) {
        Outcome<Map<String, String>> result = null;
        try {
            result = work.run(job.cancelled()::get);
        } catch (RuntimeException bug) {
            // The boundary of a job: a bug in one system's work must not silence the agent for the
            // others.
            result =
                    Outcome.failed(
                            AgentHome.TEXTS.explain("agent.bug", job.what(), bug.toString()), bug);
        } finally {
            running.remove(systemId, job);
            job.result()
                    .complete(
                            result == null
                                    ? Outcome.failed(
                                            AgentHome.TEXTS.explain("agent.bug", job.what(), "?"))
                                    : result);
        }
    }

    /** Reserves a system for work that others drive, until {@link #release}; empty: it is busy. */
    Optional<Job> claim(String systemId, String what) {
        Job mine = new Job(what, new CompletableFuture<>(), new AtomicBoolean());
        return running.putIfAbsent(systemId, mine) == null ? Optional.of(mine) : Optional.empty();
    }

    void release(String systemId, Job claimed) {
        running.remove(systemId, claimed);
        claimed.result().complete(Outcome.done(Map.of()));
    }

    /** Tells what is under way for a system to end; whether there was anything. */
    boolean cancel(String systemId) {
        Job job = running.get(systemId);
        if (job != null) {
            job.cancel();
        }
        return job != null;
    }

    /** Tells everything to end; does not wait. */
    void cancelAll() {
        running.values().forEach(Job::cancel);
    }

    Optional<String> of(String systemId) {
        return Optional.ofNullable(running.get(systemId)).map(Job::what);
    }

    /** Cancels what is under way for a system and waits for its end, not for ever. */
    void stop(String systemId) {
        Job job = running.get(systemId);
        if (job != null) {
            job.cancel();
            await(job.result(), PATIENCE);
        }
    }

    /** Cancels everything and waits for its end, altogether not longer than a limit. */
    void stopAll(Duration limit) {
        running.values().forEach(Job::cancel);
        CompletableFuture<?>[] ends =
                running.values().stream().map(Job::result).toArray(CompletableFuture[]::new);
        await(CompletableFuture.allOf(ends), limit);
    }

    private static void await(CompletableFuture<?> end, Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // It is told to stop; whoever asked goes on and is refused if it still runs.
            return;
        }
    }
}
