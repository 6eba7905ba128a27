package org.standfest.recovery;

import org.standfest.management.IncidentCode;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.StepState;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps the course of every system of a standby and takes its operations to their end, also over
 * crashes. At most one operation is at work for a system. Safe for any thread.
 */
public final class RecoveryEngine {

    private final CourseStore store;
    private final Chronicle chronicle;
    private final PlanBook plans;
    private final InstantSource clock;
    private final Executor executor;
    private final Sleeper sleeper;
    private final Supplier<String> ids;
    private final Map<String, CourseBook> books = new ConcurrentHashMap<>();
    private final Map<String, Explanation> unreadable = new ConcurrentHashMap<>();
    private final Map<String, LiveProgress> atWork = new ConcurrentHashMap<>();
    private final Map<String, Finished> finished = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Finished(String systemId, Operation operation, MeasuredTimes measured) {}

    /**
     * @param store where courses are kept
     * @param chronicle where acts are written down
     * @param plans the plans
     * @param clock the time
     * @param executor runs operations, each as one task that may block for long
     * @param sleeper waits between attempts
     * @param ids makes ids of operations, unique for ever, {@code [A-Za-z0-9-]{1,64}}
     */
    public RecoveryEngine(
            CourseStore store,
            Chronicle chronicle,
            PlanBook plans,
            InstantSource clock,
            Executor executor,
            Sleeper sleeper,
            Supplier<String> ids) {
        this.store = Objects.requireNonNull(store);
        this.chronicle = Objects.requireNonNull(chronicle);
        this.plans = Objects.requireNonNull(plans);
        this.clock = Objects.requireNonNull(clock);
        this.executor = Objects.requireNonNull(executor);
        this.sleeper = Objects.requireNonNull(sleeper);
        this.ids = Objects.requireNonNull(ids);
    }

    /** Reads all courses. What cannot be read is kept aside: nothing is done with that system. */
    public Outcome<Void> open() {
        try {
            store.systems().forEach(this::meet);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    RecoveryTexts.CATALOG.explain("recovery.unwritable", fault.getMessage()),
                    fault);
        }
    }

    /** Makes sure that a system has a course; the first one is normal operation. */
    public Outcome<Course> meet(String systemId) {
        CourseBook known = books.get(systemId);
        if (known != null) {
            return Outcome.done(known.current());
        }
        Outcome<Optional<Course>> loaded = store.load(systemId);
        loaded.problem().ifPresent(why -> unreadable.put(systemId, why));
        return loaded.map(
                found -> {
                    Course course = found.orElseGet(() -> Course.begin(systemId, clock.instant()));
                    CourseBook book = new CourseBook(store, chronicle, clock, course);
                    CourseBook first = books.putIfAbsent(systemId, book);
                    return (first == null ? book : first).current();
                });
    }

    /** The courses of all systems, by id. */
    public Map<String, Course> courses() {
        Map<String, Course> all = new TreeMap<>();
        books.forEach((id, book) -> all.put(id, book.current()));
        return all;
    }

    /** The course of one system; refused when it is unknown, failed when its file is damaged. */
    public Outcome<Course> course(String systemId) {
        return book(systemId).map(CourseBook::current);
    }

    private Outcome<CourseBook> book(String systemId) {
        CourseBook book = books.get(systemId);
        if (book != null) {
            return Outcome.done(book);
        }
        Explanation damaged = unreadable.get(systemId);
        return damaged != null
                ? Outcome.failed(damaged)
                : Outcome.refused(RecoveryTexts.CATALOG.explain("recovery.no-system", systemId));
    }

    /**
     * An outage was noticed.
     *
     * @param lastPositive the last positive test before it
     */
    public Outcome<Course> outage(
            String systemId, String who, Told why, Optional<Instant> lastPositive) {
        return happened(
                systemId,
                who,
                new RecoveryEvent.OutageNoticed(why),
                course ->
                        course.state() instanceof RecoveryState.Outage
                                ? course
                                : course.with(
                                        new MeasuredTimes(
                                                lastPositive,
                                                Optional.of(clock.instant()),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty())));
    }

    /** Something that changes the state of a system and is no operation. */
    public Outcome<Course> happened(String systemId, String who, RecoveryEvent event) {
        return happened(systemId, who, event, course -> course);
    }

    private Outcome<Course> happened(
            String systemId, String who, RecoveryEvent event, UnaryOperator<Course> more) {
        return book(systemId)
                .then(
                        book -> {
                            synchronized (book) {
                                Course now = book.current();
                                if (now.busy() || Transitions.next(now.state(), event).isEmpty()) {
                                    return Outcome.refused(notNow(now));
                                }
                                return written(
                                        () -> {
                                            book.write(
                                                    who,
                                                    "event." + event.getClass().getSimpleName(),
                                                    Map.of("state", now.state().word().name()));
                                            return book.change(
                                                    course ->
                                                            book.after(more.apply(course), event));
                                        });
                            }
                        });
    }

    /**
     * Begins an operation. What is possible when is the transition table's business; finer
     * conditions are the first step's.
     *
     * @param who who asked for it
     * @param facts what the request says, for the steps
     * @param confirmed codes of explanations that the person has confirmed
     */
    public Outcome<Operation> begin(
            String systemId,
            PlanKind kind,
            String who,
            Map<String, String> facts,
            List<String> confirmed) {
        if (stopping) {
            return Outcome.refused(RecoveryTexts.CATALOG.explain("recovery.stopping"));
        }
        Plan plan = plans.plan(kind, systemId);
        return book(systemId)
                .then(
                        book -> {
                            synchronized (book) {
                                return begin(book, plan, who, facts, confirmed);
                            }
                        });
    }

    private Outcome<Operation> begin(
            CourseBook book,
            Plan plan,
            String who,
            Map<String, String> facts,
            List<String> confirmed) {
        Course now = book.current();
        String id = ids.get();
        RecoveryEvent begun = plan.begun().apply(id);
        if (now.busy() || Transitions.next(now.state(), begun).isEmpty()) {
            return Outcome.refused(notNow(now));
        }
        return written(
                () -> {
                    remember(now);
                    Operation operation =
                            Operation.begin(id, plan, who, clock.instant(), facts, confirmed);
                    book.write(
                            who,
                            "operation.begun",
                            Map.of(
                                    "operation",
                                    id,
                                    "plan",
                                    plan.kind().name(),
                                    "incident",
                                    IncidentCode.of(id),
                                    "confirmed",
                                    String.join(",", confirmed)));
                    book.change(course -> book.after(course.with(operation), begun));
                    launch(book);
                    return operation;
                });
    }

    private void remember(Course course) {
        course.operation()
                .filter(old -> old.state().finished())
                .ifPresent(
                        old ->
                                finished.put(
                                        old.id(),
                                        new Finished(course.systemId(), old, course.measured())));
        if (finished.size() > 1000) {
            finished.clear();
        }
    }

    /** Goes on with everything that a crash, a stop or a full disk has interrupted. */
    public void resume() {
        for (CourseBook book : books.values()) {
            if (book.current().busy() && !stopping) {
                launch(book);
            }
        }
    }

    private void launch(CourseBook book) {
        String id = book.operation().id();
        LiveProgress live = new LiveProgress();
        if (atWork.putIfAbsent(id, live) != null) {
            return;
        }
        OperationRunner runner =
                new OperationRunner(
                        book, planOf(book.operation()), clock, sleeper, live, () -> stopping);
        executor.execute(() -> work(id, runner));
    }

    /** The plan with the steps that the operation was begun with. */
    private Plan planOf(Operation operation) {
        return plans.plan(operation.kind())
                .like(operation.steps().stream().map(Operation.StepEntry::id).toList());
    }

    private void work(String id, OperationRunner runner) {
        try {
            runner.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Unwritable _) {
            // Nothing may be done that cannot be written down; resume() tries again later.
            Thread.yield();
        } finally {
            atWork.remove(id);
        }
    }

    /** Asks an operation to stop and to take back what it did. */
    public Outcome<Operation> cancel(String operationId, String who) {
        Optional<CourseBook> found = bookOf(operationId);
        if (found.isEmpty()) {
            return Outcome.refused(
                    RecoveryTexts.CATALOG.explain("recovery.no-operation", operationId));
        }
        CourseBook book = found.get();
        synchronized (book) {
            Operation operation = book.operation();
            if (operation.state().finished()) {
                return Outcome.refused(
                        RecoveryTexts.CATALOG.explain("recovery.finished", operationId));
            }
            if (!cancellable(operation)) {
                return Outcome.refused(
                        RecoveryTexts.CATALOG.explain("recovery.too-late", operationId));
            }
            return written(
                    () -> {
                        book.write(who, "operation.cancel", Map.of("operation", operationId));
                        book.changeOperation(Operation::cancel);
                        return book.operation();
                    });
        }
    }

    /**
     * Changes what the request of the operation at work says, as long as one of its steps has not
     * been done.
     *
     * @param step the step that reads the facts
     * @param changed facts; an empty text stands for none
     * @return the operation; refused when there is none of this kind or the step is done
     */
    public Outcome<Operation> amend(
            String systemId, PlanKind kind, String step, String who, Map<String, String> changed) {
        return book(systemId)
                .then(
                        book -> {
                            synchronized (book) {
                                Course now = book.current();
                                boolean open =
                                        now.operation()
                                                .filter(some -> some.kind() == kind)
                                                .filter(some -> some.before(step))
                                                .isPresent();
                                return open
                                        ? written(() -> book.amend(who, changed))
                                        : Outcome.refused(
                                                RecoveryTexts.CATALOG.explain(
                                                        "recovery.no-change", systemId));
                            }
                        });
    }

    /** Whether a cancel is still safe: nothing was committed. */
    public boolean cancellable(Operation operation) {
        if (operation.state().finished() || operation.backwards()) {
            return false;
        }
        int commit = planOf(operation).commitIndex();
        return operation.steps().get(commit).state() != StepState.DONE;
    }

    /**
     * A person has looked and lifts a block.
     *
     * @param running whether its emergency machine runs, if there is one
     */
    public Outcome<Course> unblock(String systemId, String who, boolean running) {
        return happened(
                systemId,
                who,
                new RecoveryEvent.Unblocked(
                        running,
                        Told.of(RecoveryTexts.CATALOG.explain("recovery.unblocked", who))));
    }

    /** An operation by its id, as long as it is remembered. */
    public Outcome<OperationView> operation(String operationId) {
        Finished old = finished.get(operationId);
        if (old != null) {
            return Outcome.done(view(old.systemId(), old.operation(), old.measured()));
        }
        return bookOf(operationId)
                .map(
                        book -> {
                            Course course = book.current();
                            return Outcome.done(
                                    view(
                                            course.systemId(),
                                            course.operation().orElseThrow(),
                                            course.measured()));
                        })
                .orElseGet(
                        () ->
                                Outcome.refused(
                                        RecoveryTexts.CATALOG.explain(
                                                "recovery.no-operation", operationId)));
    }

    private OperationView view(String systemId, Operation operation, MeasuredTimes measured) {
        LiveProgress live = atWork.get(operation.id());
        return new OperationView(
                systemId,
                operation,
                planOf(operation),
                Optional.ofNullable(live).map(progress -> progress.view(clock.instant())),
                cancellable(operation),
                operation.measured(measured));
    }

    private Optional<CourseBook> bookOf(String operationId) {
        return books.values().stream()
                .filter(
                        book ->
                                book.current()
                                        .operation()
                                        .filter(some -> some.id().equals(operationId))
                                        .isPresent())
                .findFirst();
    }

    /**
     * Lets the operations stop where they can be resumed, and waits for them.
     *
     * @param limit how long to wait at most
     * @return whether all have stopped
     */
    public boolean stop(Duration limit) throws InterruptedException {
        stopping = true;
        Instant until = clock.instant().plus(limit);
        while (!atWork.isEmpty() && clock.instant().isBefore(until)) {
            sleeper.sleep(Duration.ofMillis(50));
        }
        return atWork.isEmpty();
    }

    private static Explanation notNow(Course course) {
        return course.busy()
                ? RecoveryTexts.CATALOG.explain("recovery.busy", course.systemId())
                : RecoveryTexts.CATALOG.explain(
                        "recovery.not-now", course.systemId(), course.state().word().name());
    }

    private static <T> Outcome<T> written(Supplier<T> act) {
        try {
            return Outcome.done(act.get());
        } catch (Unwritable fault) {
            return Outcome.failed(
                    RecoveryTexts.CATALOG.explain(
                            "recovery.unwritable", fault.getCause().getMessage()),
                    fault);
        }
    }
}
