package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.StepState;
import org.standfest.management.StepStatus;
import org.standfest.management.SystemState;
import org.standfest.management.WitnessReport;
import org.standfest.results.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An operation of the rehearsed standby; each advance finishes one step. */
record RehearsedOperation(
        String id,
        String systemId,
        Action action,
        SystemState before,
        OperationState state,
        Instant startedAt,
        Optional<Instant> finishedAt,
        int stepsDone) {

    private static final long STEP_BYTES = 512L << 20;

    static RehearsedOperation begin(
            String id, String systemId, Action action, SystemState before, Instant now) {
        return new RehearsedOperation(
                id, systemId, action, before, OperationState.RUNNING, now, Optional.empty(), 0);
    }

    boolean finished() {
        return state.finished();
    }

    RehearsedOperation advance(Instant now) {
        return stepsDone + 1 >= stepIds().size()
                ? finish(now)
                : new RehearsedOperation(
                        id, systemId, action, before, state, startedAt, finishedAt, stepsDone + 1);
    }

    RehearsedOperation finish(Instant now) {
        return ended(OperationState.SUCCEEDED, now, stepIds().size());
    }

    RehearsedOperation cancel(Instant now) {
        return ended(OperationState.CANCELLED, now, stepsDone);
    }

    private RehearsedOperation ended(OperationState end, Instant now, int steps) {
        return new RehearsedOperation(
                id, systemId, action, before, end, startedAt, Optional.of(now), steps);
    }

    private List<String> stepIds() {
        return stepIds(action);
    }

    static List<String> stepIds(Action action) {
        return switch (action) {
            case REPLICATE -> List.of("session");
            case REPORT_OUTAGE, UNBLOCK -> List.of();
            case ACTIVATE, SWITCH, REHEARSE ->
                    List.of("witnesses", "hold", "overlay", "start", "test");
            case UNDO -> List.of("stop", "release");
            case RETURN -> List.of("prepare", "bulk", "stop", "final", "start", "test", "protect");
        };
    }

    OperationStatus status(Locale language, Catalog texts) {
        List<StepStatus> steps = new ArrayList<>();
        List<String> ids = stepIds();
        for (int i = 0; i < ids.size(); i++) {
            StepState step =
                    i < stepsDone
                            ? state == OperationState.CANCELLED ? StepState.UNDONE : StepState.DONE
                            : i == stepsDone && !finished() ? StepState.RUNNING : StepState.WAITING;
            steps.add(
                    new StepStatus(
                            ids.get(i),
                            texts.text(language, "step." + ids.get(i)),
                            step,
                            i < stepsDone ? 1_500 : 0,
                            -1,
                            Optional.empty()));
        }
        return new OperationStatus(
                id,
                systemId,
                action,
                state,
                startedAt,
                finishedAt,
                finished() ? "" : steps.get(stepsDone).name(),
                finished() ? stepsDone : stepsDone + 1,
                ids.size(),
                action == Action.RETURN ? STEP_BYTES / 3 : -1,
                action == Action.RETURN ? STEP_BYTES : -1,
                finished() ? Optional.empty() : Optional.of(4_000L),
                !finished(),
                Optional.empty(),
                steps,
                action == Action.ACTIVATE && stepsDone > 0 ? witnesses(language, texts) : List.of(),
                state == OperationState.SUCCEEDED && action == Action.ACTIVATE
                        ? measured()
                        : MeasuredTimes.NONE);
    }

    private MeasuredTimes measured() {
        Instant end = finishedAt.orElse(startedAt);
        Instant noticed = startedAt.minusSeconds(20);
        Instant lastPositive = noticed.minusSeconds(2);
        Instant taken = lastPositive.minusSeconds(240);
        return new MeasuredTimes(
                Optional.of(lastPositive),
                Optional.of(noticed),
                Optional.of(taken),
                Optional.of(end),
                Optional.of(Duration.between(noticed, end).toMillis()),
                Optional.of(Duration.between(lastPositive, end).toMillis()),
                Optional.of(Duration.between(taken, lastPositive).toMillis()));
    }

    private static List<WitnessReport> witnesses(Locale language, Catalog texts) {
        return List.of(
                new WitnessReport(
                        "ping",
                        "192.0.2.10",
                        WitnessReport.Light.GREEN,
                        Reason.of(texts.explain("rehearsed.witness-free"), language),
                        900),
                new WitnessReport(
                        "agent",
                        "agent-townhall",
                        WitnessReport.Light.YELLOW,
                        Reason.of(texts.explain("rehearsed.witness-unsure"), language),
                        10));
    }
}
