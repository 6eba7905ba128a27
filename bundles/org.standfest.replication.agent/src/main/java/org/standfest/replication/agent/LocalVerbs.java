package org.standfest.replication.agent;

import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.Rates;
import org.standfest.replication.objectives.RpoForecast;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** The verbs that need nothing but the agent's folder. For one thread. */
final class LocalVerbs {

    private static final int DONE = 0;
    private static final int REFUSED = 1;

    private final AgentHome home;
    private final AgentSettings settings;
    private final InstantSource clock;
    private final Output output;

    LocalVerbs(AgentHome home, AgentSettings settings, InstantSource clock, Output output) {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
        this.output = output;
    }

    int run(Words words) {
        return switch (words.verb()) {
            case "status" -> status();
            case "line" -> line(words);
            case "forget", "unprotect" ->
                    words.one("system")
                            .map(id -> output.code(home.forget(id), "forgotten", id))
                            .orElseGet(() -> output.usage("--system"));
            case "pause" ->
                    ofSystem(words, system -> pause(system, Optional.of(reason(words)), "paused"));
            case "resume" -> ofSystem(words, system -> pause(system, Optional.empty(), "resumed"));
            case "history" -> ofSystem(words, system -> history(system, words));
            case "forecast" -> ofSystem(words, system -> forecast(system, words));
            default -> output.usage(words.verb());
        };
    }

    private static String reason(Words words) {
        return words.one("reason").orElse("");
    }

    private int ofSystem(Words words, Function<ProtectedSystem, Integer> verb) {
        Optional<String> id = words.one("system");
        if (id.isEmpty()) {
            return output.usage("--system ID");
        }
        return home.system(id.get())
                .map(verb)
                .orElseGet(
                        () ->
                                output.problem(
                                        REFUSED,
                                        "refused",
                                        AgentHome.TEXTS.explain("agent.system-unknown", id.get())));
    }

    private int pause(ProtectedSystem system, Optional<String> reason, String said) {
        RunTimes times = home.times(system.id()).pausedBecause(reason);
        return output.code(home.save(system.id(), times), said, system.id());
    }

    private int line(Words words) {
        Outcome<Void> saved = Outcome.done();
        if (words.one("rates").isPresent()) {
            saved = RateCalendar.parse(words.one("rates").get()).then(home::save);
        }
        Outcome<RateCalendar> rates = saved.then(_ -> home.rates());
        return output.code(rates, "line", rates.map(RateCalendar::toString).result().orElse(""));
    }

    private Reports reports() {
        Planner planner =
                new Planner(
                        settings.zone(),
                        settings.retryRun(),
                        settings.longestRetryRun(),
                        settings.sessionsAtOnce());
        return new Reports(home, planner, clock);
    }

    /** What the resident agent is doing, if one runs. */
    private Map<String, String> live() {
        if (!home.resident()) {
            return Map.of();
        }
        Orders orders = new Orders(home.orders(), clock);
        String name = "p-" + clock.millis() + "-" + ProcessHandle.current().pid();
        return orders.leave(name, "progress", "", Map.of())
                .then(id -> orders.await(id, Pause.real(), home))
                .result()
                .orElse(Map.of());
    }

    private int status() {
        Outcome<Identity> identity = Identity.load(home.identity());
        Reports reports = reports();
        Map<String, String> live = live();
        List<Map<String, String>> rows = new ArrayList<>();
        List<Explanation> objectives = new ArrayList<>();
        for (ProtectedSystem system : home.systems()) {
            Map<String, String> row = new TreeMap<>(reports.facts(system));
            row.putIfAbsent("point", home.state(system.id()).lastPoint());
            row.putAll(SystemSettings.below(live, system.id() + "/"));
            row.put("system", system.id());
            row.put("volumes", Integer.toString(system.volumes().size()));
            rows.add(row);
            reports.standing(system, clock.instant())
                    .flatMap(state -> state.explanation(system.name()))
                    .ifPresent(objectives::add);
        }
        String who = identity.result().map(Identity::id).orElse("");
        String where = identity.result().map(known -> known.host() + ":" + known.port()).orElse("");
        output.status(who, where, rows);
        objectives.forEach(output::complain);
        home.faults().forEach(output::complain);
        return DONE;
    }

    private int history(ProtectedSystem system, Words words) {
        String last = words.one("last").orElse("20");
        if (!last.matches("[1-9]\\d{0,4}")) {
            return output.usage("--last " + last);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        home.history(system.id()).read().records().reversed().stream()
                .limit(Integer.parseInt(last))
                .forEach(record -> rows.add(row(record)));
        output.rows(
                "sessions",
                "history",
                rows,
                rows,
                List.of(
                        "startedAt",
                        "result",
                        "trigger",
                        "durationMillis",
                        "bytesOnWire",
                        "problem"));
        return DONE;
    }

    private static Map<String, String> row(SessionRecord record) {
        Map<String, String> row = new TreeMap<>();
        row.put("startedAt", record.startedAt().toString());
        row.put("endedAt", record.endedAt().toString());
        row.put("takenAt", record.takenAt().toString());
        row.put("durationMillis", Long.toString(record.duration().toMillis()));
        row.put("trigger", record.trigger().name());
        row.put("result", record.result().name());
        row.put("point", record.pointId());
        row.put("problem", record.problemCode());
        row.put("first", Boolean.toString(record.first()));
        row.put("connections", Integer.toString(record.connections()));
        row.put("bytesTotal", Long.toString(record.totalBytes()));
        row.put("bytesChanged", Long.toString(record.changedBytes()));
        row.put("bytesSent", Long.toString(record.contentBytes()));
        row.put("bytesOnWire", Long.toString(record.wireBytes()));
        return row;
    }

    private int forecast(ProtectedSystem system, Words words) {
        Forecasts forecasts = new Forecasts(home, settings.zone(), clock);
        OptionalDouble line = forecasts.line();
        if (words.one("line").isPresent()) {
            Outcome<Long> rate = Rates.parse(words.one("line").get());
            if (rate.problem().isPresent() || rate.orThrow() == Rates.CLOSED) {
                return output.usage("--line " + words.one("line").get());
            }
            line = OptionalDouble.of(rate.orThrow());
        }
        if (line.isEmpty()) {
            return output.problem(
                    REFUSED, "refused", AgentHome.TEXTS.explain("agent.line-unknown"));
        }
        RpoForecast forecast = forecasts.of(system, line.getAsDouble());
        Map<String, String> row = new TreeMap<>();
        row.put("system", system.id());
        row.put("lineBytesPerSecond", Long.toString(Math.round(line.getAsDouble())));
        row.put("obstacle", forecast.obstacle().name());
        row.put("weeklyChangedBytes", Long.toString(Math.round(forecast.weeklyChangedBytes())));
        row.put("weeklyCapacityBytes", Long.toString(Math.round(forecast.weeklyCapacityBytes())));
        forecast.reachableRpo()
                .ifPresent(rpo -> row.put("reachableRpoMillis", Long.toString(rpo.toMillis())));
        forecast.worstAt().map(Instant::toString).ifPresent(at -> row.put("worstAt", at));
        forecast.backlogDoneAt()
                .map(Instant::toString)
                .ifPresent(at -> row.put("backlogDoneAt", at));
        system.plan()
                .objective()
                .ifPresent(
                        rpo -> {
                            row.put("objectiveMillis", "" + rpo.limit().toMillis());
                            row.put("keepsObjective", Boolean.toString(forecast.keeps(rpo)));
                            forecast.against(rpo, system.name()).ifPresent(output::complain);
                        });
        Map<String, String> told = new TreeMap<>(row);
        forecast.reachableRpo()
                .ifPresent(rpo -> told.put("rpoSeconds", Long.toString(rpo.toSeconds())));
        output.rows(
                "forecast",
                "forecast",
                List.of(row),
                List.of(told),
                List.of("system", "rpoSeconds", "worstAt", "backlogDoneAt", "obstacle"));
        return DONE;
    }
}
