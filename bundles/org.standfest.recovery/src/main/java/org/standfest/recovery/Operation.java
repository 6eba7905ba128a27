package org.standfest.recovery;

import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.StepState;
import org.standfest.probe.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan that was begun, as it stands in the file. Immutable; every change makes a new one.
 *
 * @param id unique
 * @param kind which plan
 * @param requestedBy who asked for it
 * @param startedAt when
 * @param finishedAt when it ended; empty while it is at work
 * @param state how far it is
 * @param backwards whether it is being taken back
 * @param cancelled whether somebody asked to stop
 * @param problem why it goes backwards, failed or is stuck
 * @param steps all steps in order
 * @param facts what the request and the steps wrote down
 * @param confirmed codes of explanations that the person confirmed
 * @param witnesses what the witnesses said last
 */
public record Operation(
        String id,
        PlanKind kind,
        String requestedBy,
        Instant startedAt,
        Optional<Instant> finishedAt,
        OperationState state,
        boolean backwards,
        boolean cancelled,
        Optional<Told> problem,
        List<StepEntry> steps,
        Map<String, String> facts,
        List<String> confirmed,
        List<Witnessed> witnesses) {

    /** Checks that nothing is missing. */
    public Operation {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(requestedBy);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(state);
        Objects.requireNonNull(problem);
        steps = List.copyOf(steps);
        facts = Map.copyOf(facts);
        confirmed = List.copyOf(confirmed);
        witnesses = List.copyOf(witnesses);
    }

    /**
     * One step as it stands in the file.
     *
     * @param id the step
     * @param state how far it is
     * @param tookMillis how long it took so far, without pauses by crashes
     * @param problem why it failed
     */
    public record StepEntry(String id, StepState state, long tookMillis, Optional<Told> problem) {

        /** Checks that nothing is missing. */
        public StepEntry {
            Objects.requireNonNull(id);
            Objects.requireNonNull(state);
            Objects.requireNonNull(problem);
        }
    }

    /**
     * What one witness said.
     *
     * @param witness the probe or other source
     * @param subject what it looked at
     * @param answer what it found
     * @param reason why
     * @param tookMillis how long it took
     */
    public record Witnessed(
            String witness, String subject, Verdict.Answer answer, Told reason, long tookMillis) {

        /** Checks that nothing is missing. */
        public Witnessed {
            Objects.requireNonNull(witness);
            Objects.requireNonNull(subject);
            Objects.requireNonNull(answer);
            Objects.requireNonNull(reason);
        }

        static Witnessed of(Verdict verdict) {
            return new Witnessed(
                    verdict.probe(),
                    verdict.target(),
                    verdict.answer(),
                    Told.of(verdict.reason()),
                    verdict.took().toMillis());
        }
    }

    /** A plan at its beginning. */
    static Operation begin(
            String id,
            Plan plan,
            String requestedBy,
            Instant now,
            Map<String, String> facts,
            List<String> confirmed) {
        List<StepEntry> steps =
                plan.steps().stream()
                        .map(
                                planned ->
                                        new StepEntry(
                                                planned.step().id(),
                                                StepState.WAITING,
                                                0,
                                                Optional.empty()))
                        .toList();
        return new Operation(
                id,
                plan.kind(),
                requestedBy,
                now,
                Optional.empty(),
                OperationState.RUNNING,
                false,
                false,
                Optional.empty(),
                steps,
                facts,
                confirmed,
                List.of());
    }

    /**
     * The times that this operation measured: of a start those of the outage, of a return how long
     * nobody served between the shutdown and the first positive test.
     *
     * @param outage times of the system's last outage
     */
    MeasuredTimes measured(MeasuredTimes outage) {
        return switch (kind) {
            case ACTIVATION, REACTIVATION -> outage;
            case RETURN, SWITCH -> {
                Optional<Instant> stopped =
                        Optional.ofNullable(facts.get(Facts.STOPPED_AT)).map(Instant::parse);
                Optional<Instant> served =
                        Optional.ofNullable(facts.get(Facts.SERVED_AGAIN)).map(Instant::parse);
                yield new MeasuredTimes(
                        stopped,
                        Optional.empty(),
                        Optional.empty(),
                        served,
                        Optional.empty(),
                        stopped.flatMap(
                                from ->
                                        served.map(
                                                until -> Duration.between(from, until).toMillis())),
                        Optional.empty());
            }
            case UNDO, REHEARSAL -> MeasuredTimes.NONE;
        };
    }

    /** Whether one of its steps was begun and is not over. */
    public boolean at(String step) {
        return !state.finished()
                && steps.stream()
                        .anyMatch(one -> one.id().equals(step) && one.state() == StepState.RUNNING);
    }

    /** Whether it goes forwards and one of its steps is not done yet. */
    public boolean before(String step) {
        return !state.finished()
                && !backwards
                && steps.stream()
                        .anyMatch(one -> one.id().equals(step) && one.state() != StepState.DONE);
    }

    Operation withStep(int index, StepState next, long addedMillis, Optional<Told> why) {
        List<StepEntry> changed = new ArrayList<>(steps);
        StepEntry old = changed.get(index);
        changed.set(index, new StepEntry(old.id(), next, old.tookMillis() + addedMillis, why));
        return copy(state, finishedAt, backwards, cancelled, problem, changed, facts, witnesses);
    }

    Operation withFact(String key, Optional<String> value) {
        Map<String, String> changed = new HashMap<>(facts);
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        return copy(state, finishedAt, backwards, cancelled, problem, steps, changed, witnesses);
    }

    Operation withWitnesses(List<Verdict> verdicts) {
        List<Witnessed> said = verdicts.stream().map(Witnessed::of).toList();
        return copy(state, finishedAt, backwards, cancelled, problem, steps, facts, said);
    }

    Operation goBack(Told why) {
        return copy(state, finishedAt, true, cancelled, Optional.of(why), steps, facts, witnesses);
    }

    Operation cancel() {
        return copy(state, finishedAt, backwards, true, problem, steps, facts, witnesses);
    }

    Operation resumed() {
        return copy(
                OperationState.RUNNING,
                Optional.empty(),
                backwards,
                false,
                Optional.empty(),
                steps,
                facts,
                witnesses);
    }

    Operation finish(OperationState end, Instant now, Optional<Told> why) {
        return copy(end, Optional.of(now), backwards, cancelled, why, steps, facts, witnesses);
    }

    private Operation copy(
            OperationState newState,
            Optional<Instant> newFinishedAt,
            boolean newBackwards,
            boolean newCancelled,
            Optional<Told> newProblem,
            List<StepEntry> newSteps,
            Map<String, String> newFacts,
            List<Witnessed> newWitnesses) {
        return new Operation(
                id,
                kind,
                requestedBy,
                startedAt,
                newFinishedAt,
                newState,
                newBackwards,
                newCancelled,
                newProblem,
                newSteps,
                newFacts,
                confirmed,
                newWitnesses);
    }
}
