package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An operation on a system, as it is at this moment.
 *
 * @param id stable id; asking again with it gives a newer status
 * @param systemId the system it works on
 * @param action what was asked for
 * @param state how far it is
 * @param startedAt when it began
 * @param finishedAt when it ended; empty while it runs
 * @param stepName the step at work in words for people; empty when finished
 * @param stepNumber which step is at work, from 1; 0 before the first
 * @param stepCount how many there are
 * @param doneBytes bytes done in this step; -1 where bytes are not the measure
 * @param totalBytes bytes to be done in this step; -1 if unknown
 * @param remainingMillis forecast of the time until the end of this step, milliseconds; empty if
 *     unknown
 * @param cancellable whether a cancel is safe now
 * @param reason why it was refused, failed or is stuck
 * @param steps all steps in order
 * @param witnesses what the witnesses said, where the operation asked them
 * @param measured times measured by it
 */
public record OperationStatus(
        String id,
        String systemId,
        Action action,
        OperationState state,
        Instant startedAt,
        Optional<Instant> finishedAt,
        String stepName,
        int stepNumber,
        int stepCount,
        long doneBytes,
        long totalBytes,
        Optional<Long> remainingMillis,
        boolean cancellable,
        Optional<Reason> reason,
        List<StepStatus> steps,
        List<WitnessReport> witnesses,
        MeasuredTimes measured) {

    /** Checks that nothing is missing. */
    public OperationStatus {
        Objects.requireNonNull(id);
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(action);
        Objects.requireNonNull(state);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(stepName);
        Objects.requireNonNull(remainingMillis);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(measured);
        steps = List.copyOf(steps);
        witnesses = List.copyOf(witnesses);
    }

    /** The code of this operation to be read out on the phone. */
    public String incident() {
        return IncidentCode.of(id);
    }
}
