package org.standfest.replication.agent;

import org.standfest.replication.protocol.Message.CommandResult;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Outcomes as they go over the line. */
final class Results {

    /** Codes with which a standby says that this agent's data is not the newest any more. */
    static final Set<String> NEWER_EPOCH = Set.of("pool.epoch-old", "engine.epoch-unknown");

    private Results() {}

    static ResultKind kind(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> ResultKind.DONE;
            case Outcome.Refused<?> _ -> ResultKind.REFUSED;
            case Outcome.Failed<?> _ -> ResultKind.FAILED;
        };
    }

    static CommandResult result(long id, Outcome<Map<String, String>> outcome, Locale language) {
        Explanation why = outcome.problem().orElse(Explanation.rendered("", "", "", ""));
        return new CommandResult(
                id,
                kind(outcome),
                why.code(),
                why.happened(language),
                why.meaning(language),
                why.next(language),
                outcome.result().orElse(Map.of()));
    }
}
