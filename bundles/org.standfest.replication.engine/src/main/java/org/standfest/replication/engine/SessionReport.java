package org.standfest.replication.engine;

import org.standfest.results.Outcome;

import java.util.Map;

/**
 * How a session ended.
 *
 * @param info which one
 * @param result the token of what was committed: the recovery point's id
 * @param facts figures, see {@link org.standfest.replication.protocol.FactNames}
 */
public record SessionReport(SessionInfo info, Outcome<String> result, Map<String, String> facts) {

    /** Copies. */
    public SessionReport {
        facts = Map.copyOf(facts);
    }
}
