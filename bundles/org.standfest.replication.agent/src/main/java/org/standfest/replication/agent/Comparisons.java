package org.standfest.replication.agent;

import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.SessionSender;
import org.standfest.results.Outcome;

import java.util.Map;

/** Compares systems with the pool. */
final class Comparisons {

    static final String WHAT = "compare";

    Outcome<Map<String, String>> whole(
            ProtectedSystem system, SessionSender.Progress progress, Cancellation cancellation) {
        return Outcome.refused(AgentHome.TEXTS.explain("agent.system-unknown", system.id()));
    }
}
