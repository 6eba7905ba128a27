package org.standfest.restore.ui.internal.guide;

import org.standfest.management.OperationStatus;
import org.standfest.management.PlanStepView;
import org.standfest.management.PlanView;
import org.standfest.management.StepState;
import org.standfest.management.StepStatus;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How far work is and how long it will still take, judged by how long it took last time. */
public final class RemainingTime {

    /** The step that only waits for a time that was chosen; how long it did is no measure. */
    private static final String WAITS = "window";

    private RemainingTime() {}

    /**
     * The time until the end of all steps: the forecast of the step at work, otherwise what it took
     * last time, and what the waiting ones took last time. That the way home waits for its window
     * is no work and not counted.
     *
     * @return in milliseconds; empty if a step that is still to come never ran for this system, and
     *     while the way home waits for its window
     */
    public static Optional<Long> of(OperationStatus operation, PlanView plan) {
        Map<String, Long> last = new HashMap<>();
        for (PlanStepView step : plan.steps()) {
            last.put(step.id(), step.lastMillis());
        }
        long left = 0;
        for (StepStatus step : operation.steps()) {
            long before = last.getOrDefault(step.id(), -1L);
            if (step.id().equals(WAITS)) {
                if (step.state() == StepState.RUNNING) {
                    return Optional.empty();
                }
            } else if (step.state() == StepState.WAITING) {
                if (before < 0) {
                    return Optional.empty();
                }
                left += before;
            } else if (step.state() == StepState.RUNNING) {
                if (operation.remainingMillis().isEmpty() && before < 0) {
                    return Optional.empty();
                }
                left +=
                        operation
                                .remainingMillis()
                                .orElseGet(() -> Math.max(1000, before - step.tookMillis()));
            }
        }
        return Optional.of(left);
    }

    /** How many of a hundred parts of the steps are done; bytes count within a step. */
    public static int percent(OperationStatus operation) {
        int steps = Math.max(1, operation.stepCount());
        double inStep =
                operation.totalBytes() > 0 && operation.doneBytes() >= 0
                        ? Math.min(1, (double) operation.doneBytes() / operation.totalBytes())
                        : 0;
        double done = Math.max(0, operation.stepNumber() - 1) + inStep;
        return (int) Math.round(100 * Math.min(1, done / steps));
    }
}
