package org.standfest.recovery.plans;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Step;

import java.time.Duration;
import java.util.Set;

/**
 * A step that a partner adds to the standby's plans: an announcement, a ticket, a switch port.
 * Registered as an OSGi service; it then takes part in every operation that begins from now on. An
 * operation that was begun with it goes on with it: while the service is missing, the step fails.
 *
 * <p>The terms of {@link Step} hold: called off the UI thread, for one operation by one thread at a
 * time, may block up to {@link #limit}, must be repeatable in its undo. What escapes from it counts
 * as a failure of the step. All places but one lie before the positive test, so it is undone when
 * the service is not seen; after the stop of an undo it is tried again until it succeeds.
 */
public interface PartnerStep extends Step {

    /** Where it stands in a plan. */
    enum Place {
        /** Before everything else of a way to the standby: nothing has been asked or done yet. */
        BEFORE_ALL,
        /** In a return, when the bulk is copied, before the time of the second phase is awaited. */
        BEFORE_WINDOW,
        /** Right before the emergency machine is started. */
        BEFORE_START,
        /** After the machine was started, before its service is tested. */
        BEFORE_TEST,
        /**
         * After the emergency machine was stopped because it is given up or because the system
         * returns home.
         */
        AFTER_STOP
    }

    /** The plans it belongs to; of the others it is left out. */
    Set<PlanKind> plans();

    /** Whether an operation of a system needs it; otherwise it is left out. */
    default boolean concerns(String systemId) {
        return true;
    }

    /** Where it stands. */
    Place place();

    /** How long it may take, more than zero. */
    Duration limit();

    /** Stable id: {@code partner-} and lower case letters, digits and hyphens. */
    @Override
    String id();
}
