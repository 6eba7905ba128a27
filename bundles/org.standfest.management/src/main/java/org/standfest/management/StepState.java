package org.standfest.management;

/** How far one step of an operation is. */
public enum StepState {
    /** Its turn has not come. */
    WAITING,
    /** It is at work. */
    RUNNING,
    /** It happened and was checked. */
    DONE,
    /** It did not happen. */
    FAILED,
    /** It had happened and was taken back. */
    UNDONE,
    /** Taking it back did not succeed. */
    UNDO_FAILED
}
