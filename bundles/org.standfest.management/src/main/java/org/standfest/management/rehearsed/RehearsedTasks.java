package org.standfest.management.rehearsed;

import org.standfest.management.OperationState;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskList;
import org.standfest.management.TaskStatus;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Long works of the rehearsed standby: over when they are asked for the second time. For one thread
 * at a time.
 */
final class RehearsedTasks {

    private static final long BYTES = 1L << 30;

    private final Catalog texts;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, TaskStatus> tasks = new TreeMap<>();

    RehearsedTasks(Catalog texts, InstantSource clock) {
        this.texts = texts;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    TaskList list() {
        return new TaskList(List.copyOf(tasks.values()));
    }

    Outcome<TaskStatus> begin(TaskKind kind, String systemId) {
        String id = "rehearsed-task-" + (tasks.size() + 1);
        tasks.put(id, status(id, kind, systemId, OperationState.RUNNING));
        return Outcome.done(tasks.get(id));
    }

    Outcome<TaskStatus> task(String id) {
        TaskStatus running = tasks.get(id);
        if (running == null) {
            return Outcome.refused(texts.explain("rehearsed.no-operation", id));
        }
        tasks.put(id, status(id, running.kind(), running.systemId(), OperationState.SUCCEEDED));
        return Outcome.done(tasks.get(id));
    }

    private TaskStatus status(String id, TaskKind kind, String systemId, OperationState state) {
        return new TaskStatus(
                id,
                kind,
                systemId,
                "rehearsal",
                state,
                startedAt,
                state.finished() ? Optional.of(clock.instant()) : Optional.empty(),
                state.finished() ? BYTES : BYTES / 2,
                BYTES,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                state.finished() ? Map.of("provedAt", clock.instant().toString()) : Map.of());
    }
}
