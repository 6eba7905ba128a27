package org.standfest.replication.engine;

/** Is told about sessions. Called by the session's threads, must return at once. */
public interface SessionListener {

    /** Nobody listens. */
    SessionListener NONE = new SessionListener() {};

    /** The session was accepted. */
    default void opened(SessionInfo info) {}

    /** Called every few megabytes. */
    default void progress(SessionProgress progress) {}

    /** The session is over. */
    default void ended(SessionReport report) {}
}
