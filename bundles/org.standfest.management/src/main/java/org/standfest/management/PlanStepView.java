package org.standfest.management;

import java.util.Objects;

/**
 * One step of a plan, before it is begun.
 *
 * @param id stable name of the step
 * @param name for people
 * @param limitMillis when it is given up, milliseconds; 0 if it has no limit of its own
 * @param lastMillis how long it took last time for this system, milliseconds; -1 if it never ran
 * @param commit after this step nothing is taken back any more
 */
public record PlanStepView(
        String id, String name, long limitMillis, long lastMillis, boolean commit) {
    /** Checks that nothing is missing. */
    public PlanStepView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
    }
}
