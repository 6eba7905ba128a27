package org.standfest.management;

import java.util.List;
import java.util.Objects;

/**
 * How a standby replaces systems, and what is taken of it.
 *
 * @param model how
 * @param taken the systems that have a place on the standby now
 * @param connected agents of the spare pool that are connected
 */
public record ReplacementView(ReplacementModel model, List<String> taken, List<String> connected) {

    /** Checks that nothing is missing. */
    public ReplacementView {
        Objects.requireNonNull(model);
        taken = List.copyOf(taken);
        connected = List.copyOf(connected);
    }
}
