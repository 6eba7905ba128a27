package org.standfest.recovery;

/** Knows the plans of a standby. Safe for any thread. */
@FunctionalInterface
public interface PlanBook {

    /**
     * The plan of a kind. The same kind always has the same steps with the same ids: after a crash
     * an operation goes on with them.
     */
    Plan plan(PlanKind kind);
}
