package org.standfest.management;

import java.util.Objects;

/**
 * One thing that a start on the standby depends on, looked at before it is needed.
 *
 * @param id stable name of the check
 * @param light green: it is so; yellow: the start is possible but worse than it could be; red: a
 *     start would fail
 * @param reason what was found, what it means, what can be done
 */
public record ReadinessCheck(String id, WitnessReport.Light light, Reason reason) {
    /** Checks that nothing is missing. */
    public ReadinessCheck {
        Objects.requireNonNull(id);
        Objects.requireNonNull(light);
        Objects.requireNonNull(reason);
    }
}
