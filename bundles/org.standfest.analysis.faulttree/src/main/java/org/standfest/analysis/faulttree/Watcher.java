package org.standfest.analysis.faulttree;

/**
 * Who waits for a long calculation. Called by several threads at the same time; must answer at
 * once.
 */
@FunctionalInterface
public interface Watcher {

    /** Whether the result is no longer wanted; the calculation then ends within milliseconds. */
    boolean cancelled();

    /**
     * Tells how far it is.
     *
     * @param done finished modules
     * @param of all modules; the last are the large ones
     */
    default void progress(int done, int of) {}

    /** Somebody who waits for as long as it takes. */
    static Watcher patient() {
        return () -> false;
    }
}
