package org.standfest.management;

import java.util.Objects;
import java.util.Optional;

/**
 * One action and whether it can be asked for now.
 *
 * @param action the action
 * @param whyNot why it cannot be done now; empty if it can
 */
public record PossibleAction(Action action, Optional<Reason> whyNot) {

    /** Checks that nothing is missing. */
    public PossibleAction {
        Objects.requireNonNull(action);
        Objects.requireNonNull(whyNot);
    }

    /** Whether it can be done now. */
    public boolean possible() {
        return whyNot.isEmpty();
    }
}
