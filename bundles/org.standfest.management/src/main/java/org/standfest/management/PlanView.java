package org.standfest.management;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an action would do, step by step.
 *
 * @param systemId the system
 * @param action what would be asked for
 * @param whyNot why it cannot be asked for now; empty if it can
 * @param steps the steps in order; empty for an action that is over at once
 * @param lastMillis how long all of it took last time for this system, milliseconds; -1 if it never
 *     succeeded
 */
public record PlanView(
        String systemId,
        Action action,
        Optional<Reason> whyNot,
        List<PlanStepView> steps,
        long lastMillis) {
    /** Checks that nothing is missing. */
    public PlanView {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(action);
        Objects.requireNonNull(whyNot);
        steps = List.copyOf(steps);
    }
}
