package org.standfest.replication.engine;

/** Tells long work to stop at the next possible moment. Called often, by any thread. */
@FunctionalInterface
public interface Cancellation {

    /** Never. */
    Cancellation NEVER = () -> false;

    /** Whether to stop. */
    boolean requested();
}
