package org.standfest.management;

/** How far an operation is. */
public enum OperationState {
    /** It is at work. */
    RUNNING,
    /** It succeeded, and that was checked. */
    SUCCEEDED,
    /** It was not begun; nothing changed. */
    REFUSED,
    /** It did not succeed; what it had done was taken back. */
    FAILED,
    /** It was cancelled; what it had done was taken back. */
    CANCELLED,
    /** It could neither be finished nor be taken back: a person must look. */
    STUCK;

    /** Whether nothing more will happen. */
    public boolean finished() {
        return this != RUNNING;
    }
}
