package org.standfest.recovery;

import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.StepState;
import org.standfest.management.StepStatus;
import org.standfest.management.WitnessReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An operation as it is at one moment, to be put into words. Immutable. */
public final class OperationView {

    private final String systemId;
    private final Operation operation;
    private final Plan plan;
    private final Optional<LiveProgress.View> live;
    private final boolean cancellable;
    private final MeasuredTimes measured;

    OperationView(
            String systemId,
            Operation operation,
            Plan plan,
            Optional<LiveProgress.View> live,
            boolean cancellable,
            MeasuredTimes measured) {
        this.systemId = systemId;
        this.operation = operation;
        this.plan = plan;
        this.live = live;
        this.cancellable = cancellable;
        this.measured = measured;
    }

    /** The operation. */
    public Operation operation() {
        return operation;
    }

    /** The operation in words. */
    public OperationStatus status(Locale language) {
        List<StepStatus> steps = new ArrayList<>();
        int current = 0;
        for (int i = 0; i < operation.steps().size(); i++) {
            Operation.StepEntry entry = operation.steps().get(i);
            steps.add(step(entry, plan.steps().get(i).step().name(language), language));
            if (entry.state() != StepState.WAITING && entry.state() != StepState.UNDONE) {
                current = i + 1;
            }
        }
        boolean finished = operation.state().finished();
        return new OperationStatus(
                operation.id(),
                systemId,
                operation.kind().action(),
                operation.state(),
                operation.startedAt(),
                operation.finishedAt(),
                finished || current == 0 ? "" : steps.get(current - 1).name(),
                current,
                steps.size(),
                live.map(LiveProgress.View::done).orElse(-1L),
                live.map(LiveProgress.View::total).orElse(-1L),
                live.flatMap(LiveProgress.View::remaining),
                cancellable,
                operation.problem().map(why -> Reason.of(why.explanation(), language)),
                steps,
                operation.witnesses().stream().map(one -> witness(one, language)).toList(),
                measured);
    }

    private StepStatus step(Operation.StepEntry entry, String name, Locale language) {
        boolean atWork = live.filter(view -> view.step().equals(entry.id())).isPresent();
        long took =
                entry.state() == StepState.RUNNING && atWork
                        ? live.orElseThrow().tookMillis()
                        : entry.tookMillis();
        String bytes = operation.facts().get(OperationRunner.bytesFact(entry.id()));
        long done = bytes != null ? Long.parseLong(bytes) : atWork ? live.orElseThrow().done() : -1;
        return new StepStatus(
                entry.id(),
                name,
                entry.state(),
                took,
                done,
                entry.problem().map(why -> Reason.of(why.explanation(), language)));
    }

    private static WitnessReport witness(Operation.Witnessed one, Locale language) {
        return new WitnessReport(
                one.witness(),
                one.subject(),
                switch (one.answer()) {
                    case NEGATIVE -> WitnessReport.Light.GREEN;
                    case INCONCLUSIVE -> WitnessReport.Light.YELLOW;
                    case POSITIVE -> WitnessReport.Light.RED;
                },
                Reason.of(one.reason().explanation(), language),
                one.tookMillis());
    }
}
