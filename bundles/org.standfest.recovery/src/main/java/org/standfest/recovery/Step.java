package org.standfest.recovery;

import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * One act of a plan. The engine has written down that the step begins before it calls {@link
 * #execute}, and writes down what came of it afterwards; so a crash leaves at most one step of
 * which it is not known whether it happened.
 *
 * <p>Both methods may block and are called by one thread at a time. They report expected faults as
 * outcomes. A long step asks {@link StepRun#cancelled} and returns {@link StepRun#cancelledOutcome}
 * soon; it reports its progress.
 *
 * <p>Every implementation's Javadoc says: Precondition, Postcondition, Undo, Repeatable.
 */
public interface Step {

    /** Stable id, lower case. */
    String id();

    /** Name for people. */
    String name(Locale locale);

    /**
     * Does it, and checks that it is done: {@code Done} means that the postcondition was seen to
     * hold.
     */
    Outcome<Void> execute(StepRun run);

    /**
     * Takes it back, whether it happened completely, in part or not at all. {@code Done} means that
     * what it left behind, if anything, harms nobody. Must be repeatable.
     */
    Outcome<Void> undo(StepRun run);

    /**
     * Whether {@link #execute} may simply be called again when a crash left it unknown whether it
     * happened. Otherwise the engine calls {@link #undo} first.
     */
    default boolean repeatable() {
        return true;
    }
}
