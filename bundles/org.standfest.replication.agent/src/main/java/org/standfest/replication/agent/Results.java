package org.standfest.replication.agent;

import org.standfest.replication.protocol.Message.CommandResult;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Outcomes as they go over the line, or from one process to another. */
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

    static Map<String, String> properties(Outcome<Map<String, String>> outcome) {
        CommandResult result = result(0, outcome, Locale.getDefault(Locale.Category.DISPLAY));
        Map<String, String> properties = new HashMap<>();
        result.facts().forEach((key, value) -> properties.put("fact." + key, value));
        properties.put("kind", result.kind().name());
        properties.put("code", result.code());
        properties.put("happened", result.happened());
        properties.put("meaning", result.meaning());
        properties.put("next", result.next());
        return properties;
    }

    static Outcome<Map<String, String>> of(Map<String, String> properties) {
        Explanation why =
                Explanation.rendered(
                        properties.getOrDefault("code", ""),
                        properties.getOrDefault("happened", ""),
                        properties.getOrDefault("meaning", ""),
                        properties.getOrDefault("next", ""));
        return switch (properties.getOrDefault("kind", "")) {
            case "DONE" -> Outcome.done(SystemSettings.below(properties, "fact."));
            case "REFUSED" -> Outcome.refused(why);
            default -> Outcome.failed(why);
        };
    }
}
