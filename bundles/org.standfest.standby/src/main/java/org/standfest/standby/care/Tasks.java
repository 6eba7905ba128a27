package org.standfest.standby.care;

import org.standfest.management.FindingInfo;
import org.standfest.management.OperationState;
import org.standfest.management.Reason;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskList;
import org.standfest.management.TaskStatus;
import org.standfest.replication.pool.Progress;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Long works, each on a thread of its own: their progress, their end, their cancelling. One of a
 * kind for a system at a time. What is under way ends with the process; all of it may be asked for
 * again. Safe for any thread.
 */
final class Tasks {

    private static final int REMEMBERED = 200;

    private final Executor threads;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private boolean stopped;

    Tasks(Executor threads, InstantSource clock, Supplier<String> ids) {
        this.threads = threads;
        this.clock = clock;
        this.ids = ids;
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        Outcome<Result> run(Watch watch);
    }

    /** Progress and cancelling of a work, with bytes that may come in several rounds. */
    interface Watch extends Progress {

        /** Called when the work is cancelled; also at once when it is already. */
        void onCancel(Runnable act);
    }

    /**
     * What came of it.
     *
     * @param findings what is not as it should be
     * @param facts figures for people and programs
     */
    record Result(List<Finding> findings, Map<String, String> facts) {
        Result {
            findings = List.copyOf(findings);
            facts = Map.copyOf(facts);
        }
    }

    private static final class Task implements Watch {
        private final String id;
        private final TaskKind kind;
        private final String systemId;
        private final String who;
        private final Instant startedAt;
        private final AtomicReference<Runnable> onCancel = new AtomicReference<>(() -> {});
        private volatile long done = -1;
        private volatile long total = -1;
        private volatile boolean cancelled;
        private volatile Instant finishedAt;
        private volatile Outcome<Result> outcome;

        Task(String id, TaskKind kind, String systemId, String who, Instant startedAt) {
            this.id = id;
            this.kind = kind;
            this.systemId = systemId;
            this.who = who;
            this.startedAt = startedAt;
        }

        @Override
        public void report(long doneBytes, long totalBytes) {
            done = doneBytes;
            total = totalBytes <= 0 ? -1 : totalBytes;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void onCancel(Runnable act) {
            onCancel.set(act);
            if (cancelled) {
                act.run();
            }
        }

        void cancel() {
            cancelled = true;
            onCancel.get().run();
        }

        boolean same(TaskKind other, String system) {
            return finishedAt == null && kind == other && systemId.equals(system);
        }
    }

    /** Begins a work; refused while the same is under way for the same system. */
    Outcome<TaskStatus> begin(
            TaskKind kind, String systemId, String who, Locale language, Work work) {
        Task task = new Task("task-" + ids.get(), kind, systemId, who, clock.instant());
        synchronized (this) {
            if (stopped || tasks.values().stream().anyMatch(one -> one.same(kind, systemId))) {
                return Outcome.refused(CareTexts.explain("care.busy", kind.text(language)));
            }
            tasks.put(task.id, task);
            tasks.values().removeIf(one -> tasks.size() > REMEMBERED && one.finishedAt != null);
        }
        try {
            threads.execute(() -> run(task, work));
        } catch (RejectedExecutionException _) {
            finish(task, Outcome.refused(CareTexts.explain("care.stopping")));
        }
        return Outcome.done(status(task, language));
    }

    private void run(Task task, Work work) {
        Outcome<Result> outcome;
        try {
            outcome = work.run(task);
        } catch (RuntimeException bug) {
            // The boundary of a work: a bug in one must neither silence it nor end the standby.
            outcome = Outcome.failed(CareTexts.explain("care.bug", task.kind, bug.toString()), bug);
        }
        finish(task, outcome);
    }

    private synchronized void finish(Task task, Outcome<Result> outcome) {
        task.outcome = outcome;
        task.finishedAt = clock.instant();
        notifyAll();
    }

    Outcome<TaskStatus> status(String id, Locale language) {
        return find(id).map(task -> status(task, language));
    }

    private synchronized Outcome<Task> find(String id) {
        return Optional.ofNullable(tasks.get(id))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(CareTexts.explain("care.no-task", id)));
    }

    /** The running work of a kind. */
    synchronized Optional<String> running(TaskKind kind) {
        return tasks.values().stream()
                .filter(task -> task.kind == kind && task.finishedAt == null)
                .map(task -> task.id)
                .findFirst();
    }

    synchronized TaskList list(Locale language) {
        List<Task> all = new ArrayList<>(tasks.values());
        return new TaskList(all.reversed().stream().map(task -> status(task, language)).toList());
    }

    Outcome<TaskStatus> cancel(String id, Locale language) {
        return find(id).then(
                        task -> {
                            if (task.finishedAt != null) {
                                return Outcome.refused(CareTexts.explain("care.task-over", id));
                            }
                            task.cancel();
                            return Outcome.done(status(task, language));
                        });
    }

    /** Cancels everything and waits for its end, not longer than a limit. */
    void stop(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        List<Task> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(tasks.values());
        }
        all.forEach(Task::cancel);
        synchronized (this) {
            long left = until - System.nanoTime();
            while (left > 0 && tasks.values().stream().anyMatch(one -> one.finishedAt == null)) {
                wait(Math.max(1, left / 1_000_000));
                left = until - System.nanoTime();
            }
        }
    }

    private TaskStatus status(Task task, Locale language) {
        Optional<Result> result = Optional.ofNullable(task.outcome).flatMap(one -> one.result());
        return new TaskStatus(
                task.id,
                task.kind,
                task.systemId,
                task.who,
                state(task),
                task.startedAt,
                Optional.ofNullable(task.finishedAt),
                task.done,
                task.total,
                remaining(task),
                Optional.ofNullable(task.outcome)
                        .flatMap(one -> one.problem())
                        .map(why -> Reason.of(why, language)),
                result.map(Result::findings).orElse(List.of()).stream()
                        .map(finding -> FindingInfo.of(finding, language))
                        .toList(),
                result.map(Result::facts).orElse(Map.of()));
    }

    private Optional<Long> remaining(Task task) {
        long done = task.done;
        long total = task.total;
        if (task.finishedAt != null || done <= 0 || total < done) {
            return Optional.empty();
        }
        long took = Duration.between(task.startedAt, clock.instant()).toMillis();
        return Optional.of((long) ((double) took / done * (total - done)));
    }

    private static OperationState state(Task task) {
        Outcome<Result> outcome = task.finishedAt == null ? null : task.outcome;
        return switch (outcome) {
            case null -> OperationState.RUNNING;
            case Outcome.Done<?> _ -> OperationState.SUCCEEDED;
            case Outcome.Refused<?> _ ->
                    task.cancelled ? OperationState.CANCELLED : OperationState.REFUSED;
            case Outcome.Failed<?> _ ->
                    task.cancelled ? OperationState.CANCELLED : OperationState.FAILED;
        };
    }
}
