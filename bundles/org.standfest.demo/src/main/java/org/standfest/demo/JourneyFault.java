package org.standfest.demo;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

/**
 * Ends the journey with a reason. An exception, unlike elsewhere, because whatever happens in
 * whatever phase the way out is one and the same: clean up, tell, report.
 */
final class JourneyFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Explanation reason;
    private final boolean refused;

    JourneyFault(Explanation reason, boolean refused) {
        super(reason.toString());
        this.reason = reason;
        this.refused = refused;
    }

    /** Why. */
    Explanation reason() {
        return reason;
    }

    /** Whether the fault is a refusal: something is missing, nothing was begun. */
    boolean refused() {
        return refused;
    }

    /** The value of an outcome that must have succeeded for the journey to go on. */
    static <T> T need(Outcome<T> outcome) throws JourneyFault {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(Explanation why) -> throw new JourneyFault(why, true);
            case Outcome.Failed<T>(Explanation why, Throwable cause) -> {
                JourneyFault fault = new JourneyFault(why, false);
                fault.initCause(cause);
                throw fault;
            }
        };
    }
}
