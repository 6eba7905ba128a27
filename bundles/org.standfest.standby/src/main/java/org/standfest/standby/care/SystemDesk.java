package org.standfest.standby.care;

import org.standfest.management.CarePolicy;
import org.standfest.management.SystemCare;
import org.standfest.replication.objectives.Durations;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One system as its pool and its agent know it, and orders to that agent. Safe for any thread. */
final class SystemDesk {

    private final PoolViews views;
    private final CareBooks books;
    private final AgentDesk agents;
    private final Map<String, Instant> orderedAt = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    SystemDesk(PoolViews views, CareBooks books, AgentDesk agents, InstantSource clock) {
        this.clock = clock;
        this.views = views;
        this.books = books;
        this.agents = agents;
    }

    Outcome<SystemCare> care(String systemId, Locale language) {
        String schedule = schedule(systemId);
        boolean paused = schedule.endsWith("paused");
        Optional<Instant> proved =
                agents.facts(systemId)
                        .map(facts -> Sessions.number(facts, "provedAtMillis"))
                        .filter(millis -> millis > 0)
                        .map(Instant::ofEpochMilli)
                        .or(() -> books.get(systemId).provedAt());
        return views.care(systemId, schedule, paused, proved, language);
    }

    /** What the agent says; what it was told where it has not reported since. */
    String schedule(String systemId) {
        CareRecord record = books.get(systemId);
        boolean newer =
                agents.reportedAt(systemId)
                        .filter(at -> at.isAfter(orderedAt.getOrDefault(systemId, Instant.MIN)))
                        .isPresent();
        return agents.facts(systemId)
                .filter(_ -> newer)
                .map(
                        facts ->
                                Optional.ofNullable(facts.get("schedule"))
                                        .orElseGet(() -> every(facts)))
                .orElseGet(() -> record.schedule() + (record.paused() ? "; paused" : ""));
    }

    private static String every(Map<String, String> facts) {
        long seconds = Sessions.number(facts, "everySeconds");
        return seconds == 0 ? "manual" : "every " + Durations.text(Duration.ofSeconds(seconds));
    }

    /** Gives an order about the schedule and remembers it. */
    Outcome<SystemCare> order(
            String systemId, CommandKind command, Map<String, String> arguments, Locale language) {
        String now = schedule(systemId).replaceFirst("; paused$", "");
        return agents.order(systemId, command, arguments)
                .then(
                        _ -> {
                            orderedAt.put(systemId, clock.instant());
                            return books.change(
                                    systemId,
                                    record ->
                                            record.scheduled(
                                                    arguments.getOrDefault("schedule", now),
                                                    command == CommandKind.PAUSE));
                        })
                .then(_ -> care(systemId, language));
    }

    /** Stops what the agent does for a system. */
    Outcome<SystemCare> cancelRun(String systemId, Locale language) {
        return agents.order(systemId, CommandKind.CANCEL, Map.of())
                .then(_ -> care(systemId, language));
    }

    /**
     * Tells the agent its part of a policy: the limit of its line and its priority, also that there
     * is none: then the agent's own counts again. One that is away is told when it comes back.
     */
    void limits(String systemId, CarePolicy policy) {
        String priority = Integer.toString(policy.priority());
        agents.tell(
                systemId,
                CommandKind.LIMITS,
                Map.of("rates", policy.rates(), "priority", priority));
    }

    /** An agent has reported a system, or its line ended. */
    void reported(String systemId, boolean connected) {
        if (!connected) {
            told.remove(systemId);
        } else if (told.add(systemId)) {
            limits(systemId, books.get(systemId).policy());
        }
    }

    /** Refused while nobody there hears orders. */
    Outcome<Void> connected(String systemId) {
        return agents.connected(systemId)
                ? Outcome.done()
                : Outcome.refused(CareTexts.explain("care.agent-away", systemId));
    }
}
