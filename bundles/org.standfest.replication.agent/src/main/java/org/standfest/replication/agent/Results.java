package org.standfest.replication.agent;

import org.standfest.replication.engine.CommandAnswer;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Outcomes as they go from one process to another. */
final class Results {

    /** Codes with which a standby says that this agent's data is not the newest any more. */
    static final Set<String> NEWER_EPOCH = Set.of("pool.epoch-old", "engine.epoch-unknown");

    private Results() {}

    static Map<String, String> properties(Outcome<Map<String, String>> outcome) {
        Locale language = Locale.getDefault(Locale.Category.DISPLAY);
        Map<String, String> properties = new HashMap<>();
        outcome.result()
                .orElse(Map.of())
                .forEach((key, value) -> properties.put("fact." + key, value));
        properties.put("kind", CommandAnswer.kind(outcome).name());
        outcome.problem()
                .ifPresent(
                        why -> {
                            properties.put("code", why.code());
                            properties.put("happened", why.happened(language));
                            properties.put("meaning", why.meaning(language));
                            properties.put("next", why.next(language));
                        });
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
