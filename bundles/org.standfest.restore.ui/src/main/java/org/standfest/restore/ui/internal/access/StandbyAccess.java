package org.standfest.restore.ui.internal.access;

import org.standfest.management.StandbyClient;
import org.standfest.results.Outcome;

import java.util.Optional;

/**
 * The way to the one standby this program is enrolled with. Safe for any thread; calls may block.
 */
public interface StandbyAccess {

    /** Where it is enrolled; empty if it is not enrolled anywhere. Quick, does not block. */
    Optional<StandbyAddress> enrolledAt();

    /**
     * Enrols with a one-time code and remembers the identity.
     *
     * @param at where the standby answers
     * @param code the code that its administrator handed out
     */
    Outcome<StandbyAddress> enrol(StandbyAddress at, String code);

    /** Opens a connection; the caller closes it. Refused if not enrolled. */
    Outcome<StandbyClient> open();

    /** Forgets the standby and the identity for it. */
    Outcome<Void> forget();
}
