package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.StepState;
import org.standfest.management.StepStatus;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Replications that somebody asked for. They are the agent's work, so nothing of them has to
 * survive a crash of the standby. At most one for a system. Safe for any thread.
 */
final class ReplicationDesk {

    private static final int REMEMBERED = 200;

    private final AgentLines lines;
    private final Function<String, Optional<AgentStatus>> agentOf;
    private final SystemRecords records;
    private final ToLongFunction<String> epochOf;
    private final BiConsumer<String, Map<String, String>> ended;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Map<String, Job> jobs =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
                    return size() > REMEMBERED && eldest.getValue().finishedAt != null;
                }
            };

    /**
     * @param epochOf the epoch of a system
     * @param ended told of the facts of every replication that made a recovery point
     */
    ReplicationDesk(
            AgentLines lines,
            Function<String, Optional<AgentStatus>> agentOf,
            SystemRecords records,
            ToLongFunction<String> epochOf,
            BiConsumer<String, Map<String, String>> ended,
            InstantSource clock,
            Supplier<String> ids) {
        this.lines = lines;
        this.agentOf = agentOf;
        this.records = records;
        this.epochOf = epochOf;
        this.ended = ended;
        this.clock = clock;
        this.ids = ids;
    }

    /** One replication; guarded by itself. */
    private static final class Job {
        private final String id;
        private final String systemId;
        private final Instant startedAt;
        private RunningCommand command;
        private Instant finishedAt;
        private long done = -1;
        private long total = -1;
        private long bytes = -1;
        private boolean cancelled;
        private boolean waiting;
        private Outcome<Map<String, String>> outcome;

        Job(String id, String systemId, Instant startedAt) {
            this.id = id;
            this.systemId = systemId;
            this.startedAt = startedAt;
        }
    }

    /** Whether a replication of a system is at work. */
    synchronized boolean replicating(String systemId) {
        return running(systemId).isPresent();
    }

    private Optional<Job> running(String systemId) {
        return jobs.values().stream()
                .filter(job -> job.systemId.equals(systemId) && job.finishedAt == null)
                .findFirst();
    }

    /** Asks the system's agent to replicate. */
    synchronized Outcome<String> begin(String systemId) {
        Optional<AgentStatus> agent = agentOf.apply(systemId).filter(AgentStatus::connected);
        if (agent.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.agent-away", systemId));
        }
        if (running(systemId).isPresent()) {
            return Outcome.refused(StandbyTexts.explain("standby.replicating", systemId));
        }
        Job job = new Job("replication-" + ids.get(), systemId, clock.instant());
        jobs.put(job.id, job);
        String agentId = agent.get().agentId();
        Map<String, String> arguments = new HashMap<>();
        if (agentId.equals(records.get(systemId).homeAgent())) {
            arguments.put("epoch", Long.toString(epochOf.applyAsLong(systemId)));
        }
        RunningCommand command =
                lines.start(
                        agentId,
                        CommandKind.REPLICATE,
                        systemId,
                        arguments,
                        (phase, done, total) -> progressed(job, phase, done, total));
        job.command = command;
        command.result().thenAccept(outcome -> finished(job, outcome));
        return Outcome.done(job.id);
    }

    private synchronized void progressed(Job job, String phase, long done, long total) {
        job.waiting = phase.equals(FactNames.WAITING);
        job.done = done;
        job.total = total <= 0 ? -1 : total;
    }

    private void finished(Job job, Outcome<Map<String, String>> outcome) {
        // Booked first: whoever sees the operation finished must find its session in the system's
        // status.
        outcome.result().ifPresent(facts -> ended.accept(job.systemId, facts));
        synchronized (this) {
            job.finishedAt = clock.instant();
            job.outcome = outcome;
            job.bytes =
                    outcome.result()
                            .map(facts -> Figures.number(facts, FactNames.BYTES_ON_WIRE))
                            .orElse(-1L);
        }
    }

    /** Asks a replication to stop; empty if there is none with this id. */
    synchronized Optional<Outcome<Void>> cancel(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            return Optional.empty();
        }
        if (job.finishedAt != null) {
            return Optional.of(Outcome.refused(StandbyTexts.explain("standby.finished", id)));
        }
        job.cancelled = true;
        job.command.cancel();
        return Optional.of(Outcome.done());
    }

    /** Stops a replication that stands in the way of an activation, and waits for its end. */
    void clear(String systemId, Duration limit) throws InterruptedException {
        CompletableFuture<?> result;
        synchronized (this) {
            Optional<Job> job = running(systemId);
            if (job.isEmpty()) {
                return;
            }
            job.get().cancelled = true;
            job.get().command.cancel();
            result = job.get().command.result();
        }
        try {
            result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // The agent does not answer, so it does not commit either: the point is held next.
            return;
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    /** A replication in words; empty if there is none with this id. */
    synchronized Optional<OperationStatus> status(String id, Locale language) {
        return Optional.ofNullable(jobs.get(id)).map(job -> status(job, language));
    }

    private OperationStatus status(Job job, Locale language) {
        Instant now = clock.instant();
        long took =
                Duration.between(job.startedAt, job.finishedAt == null ? now : job.finishedAt)
                        .toMillis();
        Optional<Explanation> why =
                Optional.ofNullable(job.outcome).flatMap(outcome -> outcome.problem());
        Optional<Reason> reason = why.map(problem -> Reason.of(problem, language));
        boolean waits = job.waiting && job.finishedAt == null;
        String name = StandbyTexts.text(language, waits ? "step.waits" : "step.session");
        StepState step =
                switch (state(job)) {
                    case RUNNING -> StepState.RUNNING;
                    case SUCCEEDED -> StepState.DONE;
                    default -> StepState.FAILED;
                };
        Optional<Long> remaining =
                job.finishedAt == null && job.done > 0 && job.total >= job.done
                        ? Optional.of((long) ((double) took / job.done * (job.total - job.done)))
                        : Optional.empty();
        return new OperationStatus(
                job.id,
                job.systemId,
                Action.REPLICATE,
                state(job),
                job.startedAt,
                Optional.ofNullable(job.finishedAt),
                job.finishedAt == null ? name : "",
                1,
                1,
                job.done,
                job.total,
                remaining,
                job.finishedAt == null,
                reason,
                List.of(new StepStatus("session", name, step, took, job.bytes, reason)),
                List.of(),
                MeasuredTimes.NONE);
    }

    private static OperationState state(Job job) {
        return switch (job.outcome) {
            case null -> OperationState.RUNNING;
            case Outcome.Done<?> _ -> OperationState.SUCCEEDED;
            case Outcome.Refused<?> _ ->
                    job.cancelled ? OperationState.CANCELLED : OperationState.REFUSED;
            case Outcome.Failed<?> _ ->
                    job.cancelled ? OperationState.CANCELLED : OperationState.FAILED;
        };
    }
}
