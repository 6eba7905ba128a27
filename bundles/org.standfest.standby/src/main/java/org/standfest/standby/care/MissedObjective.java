package org.standfest.standby.care;

import org.standfest.replication.objectives.Durations;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.protocol.FactNames;
import org.standfest.results.Explanation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Why an objective is missed, as far as agent and standby know. Safe for any thread. */
final class MissedObjective {

    private final AgentDesk agents;
    private final InstantSource clock;

    MissedObjective(AgentDesk agents, InstantSource clock) {
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * The first of these that holds: the agent is away, it is paused, a session waits for its turn
     * or is under way, the last one came to nothing, nothing is scheduled. Otherwise only what is
     * missed.
     */
    Explanation of(String systemId, String name, RpoObjective.State state) {
        Explanation plain = state.explanation(name).orElseThrow();
        if (state.standing() == RpoObjective.Standing.NO_POINT) {
            return plain;
        }
        String age = Durations.text(state.age());
        String limit = Durations.text(state.limit());
        Map<String, String> facts = agents.facts(systemId).orElse(Map.of());
        if (!agents.connected(systemId)) {
            String since =
                    agents.reportedAt(systemId).map(at -> Durations.text(span(at))).orElse("?");
            return CareTexts.explain("care.rpo-away", name, age, limit, since);
        }
        if (Boolean.parseBoolean(facts.get("paused"))) {
            String why = facts.getOrDefault("pausedBecause", "-");
            return CareTexts.explain("care.rpo-paused", name, age, limit, why);
        }
        if (facts.containsKey(FactNames.WAITS_BEHIND)) {
            String ahead = facts.get(FactNames.WAITS_BEHIND);
            return CareTexts.explain("care.rpo-waiting", name, age, limit, ahead);
        }
        if (facts.containsKey("running")) {
            String rest =
                    Optional.ofNullable(facts.get("remainingSeconds"))
                            .filter(seconds -> seconds.matches("\\d{1,9}"))
                            .map(Long::parseLong)
                            .map(seconds -> Durations.text(Duration.ofSeconds(seconds)))
                            .orElse("?");
            return CareTexts.explain("care.rpo-running", name, age, limit, rest);
        }
        String result = facts.getOrDefault(FactNames.RESULT, "DONE");
        if (!result.equals("DONE")) {
            String why = facts.getOrDefault(FactNames.PROBLEM, result);
            return CareTexts.explain("care.rpo-failed", name, age, limit, why);
        }
        return facts.getOrDefault("schedule", "").equals("manual")
                ? CareTexts.explain("care.rpo-manual", name, age, limit)
                : plain;
    }

    private Duration span(Instant since) {
        Duration span = Duration.between(since, clock.instant());
        return Duration.ofSeconds(Math.max(1, span.toSeconds()));
    }
}
