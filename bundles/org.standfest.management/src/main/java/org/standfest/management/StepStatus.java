package org.standfest.management;

import java.util.Objects;
import java.util.Optional;

/**
 * One step of an operation.
 *
 * @param id stable id of the step
 * @param name name for people
 * @param state how far it is
 * @param tookMillis how long it took so far, milliseconds
 * @param doneBytes bytes it has moved so far; -1 where bytes are not the measure
 * @param reason why it failed; empty otherwise
 */
public record StepStatus(
        String id,
        String name,
        StepState state,
        long tookMillis,
        long doneBytes,
        Optional<Reason> reason) {

    /** Checks that nothing is missing. */
    public StepStatus {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
    }
}
