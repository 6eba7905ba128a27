package org.standfest.recovery;

import org.standfest.management.Action;

/** The plans there are. */
public enum PlanKind {
    /** Start the newest image in place of a primary that failed. */
    ACTIVATION(Action.ACTIVATE),
    /** Start the emergency machine again over its overlay, after it went down. */
    REACTIVATION(Action.ACTIVATE),
    /** Change over from a healthy primary, which is shut down in good order: nothing is lost. */
    SWITCH(Action.SWITCH),
    /** Take a successful activation back. */
    UNDO(Action.UNDO),
    /** Bring the system home. */
    RETURN(Action.RETURN),
    /** Start the newest image isolated and throw the run away. */
    REHEARSAL(Action.REHEARSE);

    private final Action action;

    PlanKind(Action action) {
        this.action = action;
    }

    /** The action that a person asks for it with. */
    public Action action() {
        return action;
    }
}
