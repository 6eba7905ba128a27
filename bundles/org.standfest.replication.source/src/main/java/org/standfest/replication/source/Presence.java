package org.standfest.replication.source;

import org.standfest.results.Explanation;

import java.util.Objects;

/**
 * Whether the source of a volume is there.
 *
 * @param state what was found
 * @param reason how it was found out
 */
public record Presence(State state, Explanation reason) {

    /** Checks that nothing is missing. */
    public Presence {
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
    }

    /** The three answers. */
    public enum State {
        /** It answers. */
        THERE,
        /** It is certainly not there: the file is missing, nobody listens on the socket. */
        GONE,
        /** It could not be found out; never to be read as gone. */
        UNKNOWN
    }
}
