package org.standfest.recovery;

import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes one operation to its end, from wherever its file says it is: forwards step by step, and if
 * a step before the commit step does not succeed, backwards again. Nothing is done that was not
 * written down before. One thread runs it.
 *
 * <p>After the commit step nothing is taken back: a step that fails there is tried again until it
 * succeeds, because the system already serves somewhere and only the tidying up is left.
 */
final class OperationRunner {

    private static final int UNDO_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** The step that starts the emergency machine. */
    private static final String START = "start";

    /** Fact that says how an operation that is taken back ends. */
    private static final String END = "engine.end";

    private final CourseBook book;
    private final Plan plan;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final LiveProgress live;
    private final BooleanSupplier stopping;
    private final BookedRun run;
    private boolean left;

    OperationRunner(
            CourseBook book,
            Plan plan,
            InstantSource clock,
            Sleeper sleeper,
            LiveProgress live,
            BooleanSupplier stopping) {
        this.book = book;
        this.plan = plan;
        this.clock = clock;
        this.sleeper = sleeper;
        this.live = live;
        this.stopping = stopping;
        this.run = new BookedRun(book, clock, live, stopping);
    }

    /**
     * Runs until the operation is finished, until the standby stops, or until a partner's step is
     * needed that is not there; whoever goes on with it then looks for the step anew.
     */
    void run() throws InterruptedException {
        while (!stopping.getAsBoolean() && !left && !book.operation().state().finished()) {
            if (book.operation().backwards()) {
                backward();
            } else {
                forward();
            }
        }
    }

    private void forward() throws InterruptedException {
        Operation operation = book.operation();
        int index = firstNot(operation.steps(), StepState.DONE);
        if (index < 0) {
            succeed();
            return;
        }
        boolean committed = index > plan.commitIndex();
        if (operation.cancelled() && !committed) {
            goBack(run.cancelledWhy(), OperationState.CANCELLED);
            return;
        }
        Plan.Planned planned = plan.steps().get(index);
        Operation.StepEntry entry = operation.steps().get(index);
        if (!committed
                && planned.step() instanceof MissingStep gone
                && entry.state() == StepState.WAITING) {
            // it never began: nothing of it has to be taken back
            goBack(gone.neverBegun(), OperationState.FAILED);
            return;
        }
        if (entry.state() == StepState.RUNNING && !planned.step().repeatable()) {
            Outcome<Void> cleared = fenced(() -> planned.step().undo(run));
            if (!cleared.isDone()) {
                goBack(Told.of(cleared.problem().orElseThrow()), OperationState.FAILED);
                return;
            }
        }
        Outcome<Void> outcome = execute(index, planned);
        if (stopping.getAsBoolean() && !outcome.isDone()) {
            return;
        }
        if (outcome.isDone()) {
            done(index, planned);
        } else {
            failed(index, outcome, committed);
        }
    }

    private Outcome<Void> execute(int index, Plan.Planned planned) {
        Step step = planned.step();
        live.begin(step.id(), clock.instant());
        live.limit(planned.limit());
        book.write("standby", "step.begun", details(step.id()));
        book.changeOperation(
                operation -> operation.withStep(index, StepState.RUNNING, 0, Optional.empty()));
        Outcome<Void> outcome = fenced(() -> step.execute(run));
        // A step that was done all the same is done: what it saw counts, not the clock.
        if (outcome.isDone() || !live.late(clock.instant())) {
            return outcome;
        }
        Explanation said = outcome.problem().orElseThrow();
        return Outcome.failed(
                RecoveryTexts.CATALOG.explain(
                        "recovery.step-late", planned.limit().toSeconds(), said));
    }

    private void done(int index, Plan.Planned planned) {
        long took = live.tookMillis(clock.instant());
        Map<String, String> details = details(planned.step().id());
        details.put("tookMillis", Long.toString(took));
        live.moved().ifPresent(bytes -> run.fact(bytesFact(planned.step().id()), bytes.toString()));
        book.write("standby", "step.done", details);
        book.change(
                course ->
                        book.after(
                                course.with(
                                        book.operation()
                                                .withStep(
                                                        index,
                                                        StepState.DONE,
                                                        took,
                                                        Optional.empty())),
                                planned.after()));
    }

    private void failed(int index, Outcome<Void> outcome, boolean committed)
            throws InterruptedException {
        Told why = Told.of(outcome.problem().orElseThrow());
        long took = live.tookMillis(clock.instant());
        String id = plan.steps().get(index).step().id();
        Map<String, String> details = details(id);
        details.put("why", why.code());
        details.put("text", why.english().getFirst());
        book.write("standby", "step.failed", details);
        book.changeOperation(
                operation -> operation.withStep(index, StepState.FAILED, took, Optional.of(why)));
        if (committed && plan.steps().get(index).step() instanceof MissingStep) {
            left = true;
            return;
        }
        if (committed) {
            sleeper.sleep(live.nextPause(FIRST_PAUSE, LONGEST_PAUSE));
            return;
        }
        OperationState end =
                book.operation().cancelled()
                        ? OperationState.CANCELLED
                        : index == 0 && outcome instanceof Outcome.Refused
                                ? OperationState.REFUSED
                                : OperationState.FAILED;
        goBack(why, end);
    }

    private void goBack(Told why, OperationState end) {
        book.write("standby", "operation.back", Map.of("operation", id(), "why", why.code()));
        book.changeOperation(
                operation -> operation.goBack(why).withFact(END, Optional.of(end.name())));
    }

    private void backward() throws InterruptedException {
        int index = lastToUndo(book.operation().steps());
        if (index < 0) {
            takenBack();
            return;
        }
        Step step = plan.steps().get(index).step();
        live.begin(step.id(), clock.instant());
        Optional<Told> problem = Optional.empty();
        for (int attempt = 1; attempt <= UNDO_ATTEMPTS && !stopping.getAsBoolean(); attempt++) {
            book.write("standby", "undo.begun", details(step.id()));
            Outcome<Void> outcome = fenced(() -> step.undo(run));
            if (outcome.isDone()) {
                Optional<Told> why = book.operation().steps().get(index).problem();
                book.write("standby", "undo.done", details(step.id()));
                book.changeOperation(
                        operation -> operation.withStep(index, StepState.UNDONE, 0, why));
                return;
            }
            problem = outcome.problem().map(Told::of);
            sleeper.sleep(FIRST_PAUSE);
        }
        if (problem.isPresent() && !stopping.getAsBoolean()) {
            stuck(index, step, problem.get());
        }
    }

    private void stuck(int index, Step step, Told why) {
        Map<String, String> details = details(step.id());
        details.put("why", why.code());
        book.write("standby", "operation.stuck", details);
        Instant now = clock.instant();
        book.change(
                course ->
                        book.after(
                                course.with(
                                        book.operation()
                                                .withStep(
                                                        index,
                                                        StepState.UNDO_FAILED,
                                                        0,
                                                        Optional.of(why))
                                                .finish(
                                                        OperationState.STUCK,
                                                        now,
                                                        Optional.of(why))),
                                new RecoveryEvent.Stuck(why, involved())));
    }

    /**
     * The emergency machine, if it may run or may hold what users wrote: one that served before, or
     * whose start was begun and not taken back.
     */
    private Optional<String> involved() {
        boolean servedBefore = plan.kind() == PlanKind.REACTIVATION || plan.kind() == PlanKind.UNDO;
        boolean startLeft =
                book.operation().steps().stream()
                        .anyMatch(
                                step ->
                                        step.id().equals(START)
                                                && step.state() != StepState.WAITING
                                                && step.state() != StepState.UNDONE);
        return servedBefore || startLeft ? run.fact(Facts.MACHINE) : Optional.empty();
    }

    private void succeed() {
        Map<String, String> details = details("");
        details.remove("step");
        details.put(
                "tookMillis",
                Long.toString(
                        Duration.between(book.operation().startedAt(), clock.instant())
                                .toMillis()));
        MeasuredTimes measured = book.operation().measured(book.current().measured());
        measured.rtaMillis().ifPresent(rta -> details.put("rtaMillis", "" + rta));
        measured.rpaMillis().ifPresent(rpa -> details.put("rpaMillis", "" + rpa));
        measured.awayMillis().ifPresent(away -> details.put("awayMillis", "" + away));
        book.write("standby", "operation.succeeded", details);
        RecoveryEvent proved = plan.proved().apply(run);
        Instant now = clock.instant();
        book.change(
                course ->
                        book.after(
                                course.with(
                                        book.operation()
                                                .finish(
                                                        OperationState.SUCCEEDED,
                                                        now,
                                                        Optional.empty())),
                                proved));
    }

    private void takenBack() {
        Operation operation = book.operation();
        Told why = operation.problem().orElseThrow();
        OperationState end =
                OperationState.valueOf(
                        operation.facts().getOrDefault(END, OperationState.FAILED.name()));
        book.write(
                "standby",
                "operation.taken-back",
                Map.of("operation", id(), "end", end.name(), "why", why.code()));
        RecoveryEvent undone = plan.undone().apply(run, why);
        Instant now = clock.instant();
        book.change(
                course ->
                        book.after(
                                course.with(book.operation().finish(end, now, Optional.of(why))),
                                undone));
    }

    private Map<String, String> details(String step) {
        Map<String, String> details = new HashMap<>();
        details.put("operation", id());
        details.put("plan", plan.kind().name());
        details.put("step", step);
        return details;
    }

    private String id() {
        return book.operation().id();
    }

    /** The name of the fact that keeps how many bytes a step moved. */
    static String bytesFact(String step) {
        return "engine.bytes." + step;
    }

    /** Steps may be a partner's code: whatever escapes from them is a failure of the step. */
    private Outcome<Void> fenced(Act act) {
        try {
            return act.act();
        } catch (Unwritable unwritable) {
            throw unwritable;
        } catch (RuntimeException bug) {
            return Outcome.failed(
                    RecoveryTexts.CATALOG.explain("recovery.step-fault", bug.toString()), bug);
        }
    }

    @FunctionalInterface
    private interface Act {
        Outcome<Void> act();
    }

    private static int firstNot(List<Operation.StepEntry> steps, StepState state) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).state() != state) {
                return i;
            }
        }
        return -1;
    }

    private static int lastToUndo(List<Operation.StepEntry> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepState state = steps.get(i).state();
            if (state != StepState.WAITING && state != StepState.UNDONE) {
                return i;
            }
        }
        return -1;
    }
}
