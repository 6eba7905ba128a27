package org.standfest.recovery;

/** Knows the plans of a standby. Safe for any thread. */
@FunctionalInterface
public interface PlanBook {

    /**
     * The plan of a kind. A step keeps its id for ever: after a crash an operation goes on with the
     * steps it was begun with, found by their ids.
     */
    Plan plan(PlanKind kind);

    /** The plan of a kind for one system: without steps that do not concern it. */
    default Plan plan(PlanKind kind, String systemId) {
        return plan(kind);
    }
}
