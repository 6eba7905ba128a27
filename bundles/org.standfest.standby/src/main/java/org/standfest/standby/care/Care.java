package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.AlarmList;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.GroupList;
import org.standfest.management.PrunePlan;
import org.standfest.management.ScrubStatus;
import org.standfest.management.SessionHistory;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskStatus;
import org.standfest.recovery.Sleeper;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.SessionReport;
import org.standfest.replication.objectives.Durations;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.Retention;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.SystemRules;
import org.standfest.results.Outcome;
import org.standfest.trust.KnownPeer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cares for the recovery points of a standby: answers the {@link CareCall}s, applies retention and
 * judges changes after every commit, scrubs and looks after objectives and space. Rights are
 * checked before it is asked. Safe for any thread.
 */
public final class Care {

    private static final String PERSON = "person";

    private final Ports ports;
    private final CareBooks books;
    private final AlarmBook alarms;
    private final Tasks tasks;
    private final PoolViews views;
    private final Retainer retainer;
    private final Scrubber scrubber;
    private final Sessions sessions;
    private final ChangeGuard changes;
    private final Forecaster forecaster;
    private final AgentDesk agents;
    private final Works works;
    private final Lookout lookout;
    private final PeerBook peers;

    /**
     * What comes from outside.
     *
     * @param home the standby's home folder
     * @param agentOf the agent that protects a system
     * @param peers everybody with a certificate
     * @param threads for long works, one thread each
     * @param ids makes ids that are unique in the world
     * @param journal the standby's journal
     */
    public record Ports(
            ImagePool pool,
            Path home,
            AgentLines lines,
            Function<String, Optional<AgentStatus>> agentOf,
            Supplier<List<KnownPeer>> peers,
            Clock clock,
            Sleeper sleeper,
            Executor threads,
            Supplier<String> ids,
            CareJournal journal) {}

    /** Puts it together; nothing happens before {@link #open}. */
    public Care(Ports ports) {
        this.ports = ports;
        Clock clock = ports.clock();
        ImagePool pool = ports.pool();
        Supplier<ZoneId> zone = ZoneId::systemDefault;
        this.books = new CareBooks(ports.home());
        this.alarms = new AlarmBook(ports.home(), clock, ports.ids(), ports.journal());
        this.tasks = new Tasks(ports.threads(), clock, ports.ids());
        this.views = new PoolViews(pool, books, alarms);
        this.retainer = new Retainer(pool, alarms, ports.journal(), clock, zone);
        this.scrubber = new Scrubber(pool, books, alarms, tasks, clock, ports.sleeper());
        this.sessions = new Sessions(books::folder);
        this.changes = new ChangeGuard(pool, alarms, sessions, ports.journal());
        this.forecaster = new Forecaster(books, sessions, clock, zone);
        this.agents = new AgentDesk(ports.lines(), ports.agentOf());
        this.works = new Works(pool, ports.home(), books, alarms, agents, scrubber, clock);
        this.lookout = new Lookout(pool, books, alarms, scrubber, tasks, clock, ports.sleeper());
        this.peers = new PeerBook(ports.peers(), id -> ports.lines().agent(id));
    }

    /** Reads what must be known before anything is done. */
    public Outcome<Void> open() {
        return alarms.open();
    }

    /** Looks after objectives, space and scrubs until {@link #stop}; for a thread of its own. */
    public void watch() throws InterruptedException {
        lookout.run();
    }

    /** Cancels long works and waits for their end, not longer than a limit. */
    public void stop(Duration limit) throws InterruptedException {
        lookout.stop();
        tasks.stop(limit);
    }

    /** A session is over; called on any thread, returns after retention was applied. */
    public void ended(SessionReport report) {
        String systemId = report.info().systemId();
        Optional<PooledSystem> system = ports.pool().system(systemId);
        if (system.isEmpty()) {
            return;
        }
        Optional<RecoveryPoint> made =
                system.get()
                        .newest()
                        .filter(
                                point ->
                                        report.result()
                                                .result()
                                                .filter(point.id()::equals)
                                                .isPresent());
        SessionRecord record =
                Sessions.record(
                        report,
                        ports.clock().instant(),
                        made.map(RecoveryPoint::takenAt).orElse(report.info().startedAt()),
                        made.filter(point -> point.number() == 1).isPresent(),
                        made.map(point -> size(point)).orElse(0L));
        if (made.isPresent()) {
            changes.judge(system.get(), record);
        }
        sessions.add(systemId, record);
        if (made.isPresent()) {
            lookout.look(system.get());
            retain(systemId);
        }
    }

    private static long size(RecoveryPoint point) {
        return point.volumes().stream().mapToLong(volume -> volume.sizeBytes()).sum();
    }

    private void retain(String systemId) {
        String rule = books.get(systemId).policy().retention();
        if (!rule.equals(Retention.ALL.toString())
                && Retainer.stopped(alarms, systemId).isEmpty()) {
            retainer.prune(systemId, rule, "standby", Locale.ENGLISH, Progress.NONE);
        }
    }

    /** Answers a question; a system that does not exist is refused. */
    public <T> Outcome<T> ask(CareCall<T> call, String who, Locale language) {
        Asked asked = new Asked(who, language);
        Outcome<?> known =
                call.systemId().isEmpty() || call instanceof CareCall.Repair
                        ? Outcome.done()
                        : views.system(call.systemId());
        Outcome<?> answer =
                known.then(
                        _ ->
                                switch (call) {
                                    case CareCall.Seeing<?> seeing -> cast(see(seeing, asked));
                                    case CareCall.Acting<?> acting -> cast(act(acting, asked));
                                    case CareCall.Ruling<?> ruling -> cast(rule(ruling, asked));
                                });
        return answer.map(call.answer()::cast);
    }

    private static Outcome<Object> cast(Outcome<?> outcome) {
        return outcome.map(Object.class::cast);
    }

    /** Who asks, in which language. */
    private record Asked(String who, Locale language) {}

    private Outcome<?> see(CareCall.Seeing<?> call, Asked asked) {
        Locale language = asked.language();
        return switch (call) {
            case CareCall.PoolList _ -> views.pool(language);
            case CareCall.PoolShow(var id) -> care(id, asked);
            case CareCall.Tasks _ -> Outcome.done(tasks.list(language));
            case CareCall.OneTask(var id) -> tasks.status(id, language);
            case CareCall.Scrubs _ -> Outcome.done(scrubber.status());
            case CareCall.Alarms(var id, var settledToo) ->
                    Outcome.done(new AlarmList(alarms.list(id, settledToo, language)));
            case CareCall.HintMount(var id, var number, var volume) ->
                    views.hint(id, number, volume);
            case CareCall.Forecast(var id) ->
                    views.system(id)
                            .then(system -> forecaster.forecast(system, schedule(id), language));
            case CareCall.Sessions(var id, var limit) ->
                    Outcome.done(new SessionHistory(id, sessions.newest(id, limit)));
            case CareCall.Groups _ ->
                    books.groups().map(all -> new GroupList(List.copyOf(all.values())));
            case CareCall.Peers _ -> Outcome.done(peers.list());
        };
    }

    private Outcome<SystemCare> care(String systemId, Asked asked) {
        boolean paused = schedule(systemId).endsWith("paused");
        return views.care(systemId, schedule(systemId), paused, asked.language());
    }

    /** What the agent says; what it was told where it has not been heard of. */
    private String schedule(String systemId) {
        return agents.facts(systemId)
                .map(
                        facts ->
                                Optional.ofNullable(facts.get("schedule"))
                                        .orElseGet(() -> every(facts)))
                .orElseGet(() -> books.get(systemId).schedule());
    }

    private static String every(Map<String, String> facts) {
        long seconds = Sessions.number(facts, "everySeconds");
        return seconds == 0 ? "manual" : "every " + Durations.text(Duration.ofSeconds(seconds));
    }

    private Outcome<?> act(CareCall.Acting<?> call, Asked asked) {
        Locale language = asked.language();
        return switch (call) {
            case CareCall.Verify(var id) ->
                    begin(TaskKind.VERIFY, id, asked, watch -> works.verify(id, watch));
            case CareCall.ScrubNow(var id) ->
                    begin(TaskKind.SCRUB, id, asked, watch -> scrubber.run(scrubbed(id), watch));
            case CareCall.Compare(var id) ->
                    AgentDesk.kind("COMPARE")
                            .then(_ -> connected(id))
                            .then(
                                    _ ->
                                            begin(
                                                    TaskKind.COMPARE,
                                                    id,
                                                    asked,
                                                    watch -> works.compare(id, watch)));
            case CareCall.RunGroup(var name) -> books.group(name).then(_ -> noGroups());
            case CareCall.CancelTask(var id) -> tasks.cancel(id, language);
            case CareCall.Pin(var id, var number, var reason) ->
                    written(asked, id, "point.pinned", details(number, reason))
                            .then(_ -> ports.pool().retention().pin(id, number, PERSON, reason))
                            .then(_ -> care(id, asked));
            case CareCall.Acknowledge(var id, var reason) -> acknowledge(id, reason, asked);
            case CareCall.Pause(var id, var reason) ->
                    schedule(id, "PAUSE", Map.of("reason", reason), asked);
            case CareCall.Resume(var id) -> schedule(id, "RESUME", Map.of(), asked);
        };
    }

    private static Outcome<TaskStatus> noGroups() {
        return Outcome.refused(CareTexts.explain("care.no-command", "GROUP"));
    }

    private Outcome<Void> connected(String systemId) {
        return agents.connected(systemId)
                ? Outcome.done()
                : Outcome.refused(CareTexts.explain("care.agent-away", systemId));
    }

    private List<String> scrubbed(String systemId) {
        return systemId.isEmpty()
                ? ports.pool().systems().stream().map(PooledSystem::id).sorted().toList()
                : List.of(systemId);
    }

    private Outcome<TaskStatus> begin(
            TaskKind kind, String systemId, Asked asked, Tasks.Work work) {
        return tasks.begin(kind, systemId, asked.who(), asked.language(), work);
    }

    private static Map<String, String> details(long number, String reason) {
        return Map.of("point", Long.toString(number), "reason", reason);
    }

    private Outcome<Void> written(
            Asked asked, String systemId, String what, Map<String, String> details) {
        return ports.journal().write(asked.who(), systemId, what, details);
    }

    private Outcome<Alarm> acknowledge(String id, String reason, Asked asked) {
        return alarms.acknowledge(id, asked.who(), reason)
                .then(
                        entry ->
                                (entry.kind() == Alarm.Kind.CHANGES
                                                ? changes.acknowledged(entry.elementId())
                                                : Outcome.done())
                                        .map(_ -> entry.alarm(asked.language())));
    }

    private Outcome<SystemCare> schedule(
            String systemId, String command, Map<String, String> arguments, Asked asked) {
        return AgentDesk.kind(command)
                .then(kind -> agents.order(systemId, kind, arguments))
                .then(
                        _ ->
                                books.change(
                                        systemId,
                                        record ->
                                                record.scheduled(
                                                        arguments.getOrDefault(
                                                                "schedule", record.schedule()),
                                                        command.equals("PAUSE"))))
                .then(_ -> care(systemId, asked));
    }

    private Outcome<?> rule(CareCall.Ruling<?> call, Asked asked) {
        return switch (call) {
            case CareCall.Repair(var id) -> repair(id, asked);
            case CareCall.Prune(var id, var rule, var dryRun) -> prune(id, rule, dryRun, asked);
            case CareCall.Unpin(var id, var number, var reason) -> unpin(id, number, reason, asked);
            case CareCall.Lock(var id, var number, var until) -> lock(id, number, until, asked);
            case CareCall.SetPolicy(var id, var policy) -> setPolicy(id, policy, asked);
            case CareCall.PlanScrub(var hours, var rate) -> plan(hours, rate);
            case CareCall.Export(var id, var number, var folder, var path) ->
                    works.exportFolder(folder)
                            .then(target -> export(id, number, target, path, asked));
            case CareCall.Import(var folder) -> importCourier(folder, asked);
            case CareCall.DefineGroup(var name, var members) -> define(name, members);
            case CareCall.RemoveGroup(var name) -> books.removeGroup(name);
            case CareCall.SetSchedule(var id, var text) ->
                    Schedule.parse(text)
                            .then(
                                    one ->
                                            schedule(
                                                    id,
                                                    "SCHEDULE",
                                                    Map.of("schedule", one.toString()),
                                                    asked));
        };
    }

    /** Also a system that cannot be opened is repaired; one that nobody knows is not. */
    private Outcome<TaskStatus> repair(String systemId, Asked asked) {
        boolean known =
                ports.pool().system(systemId).isPresent()
                        || ports.pool().damaged().containsKey(systemId);
        return known
                ? begin(TaskKind.REPAIR, systemId, asked, watch -> works.repair(systemId, watch))
                : Outcome.refused(CareTexts.explain("care.no-system", systemId));
    }

    private Outcome<PrunePlan> prune(String systemId, String rule, boolean dryRun, Asked asked) {
        String applied = rule.isBlank() ? books.get(systemId).policy().retention() : rule;
        return dryRun
                ? retainer.plan(systemId, applied, asked.language())
                : retainer.prune(systemId, applied, asked.who(), asked.language(), Progress.NONE);
    }

    private Outcome<SystemCare> unpin(String systemId, long number, String reason, Asked asked) {
        return ports.pool()
                .retention()
                .points(systemId)
                .then(points -> pinned(systemId, number, points))
                .then(
                        point ->
                                written(asked, systemId, "point.unpinned", details(number, reason))
                                        .then(_ -> unpin(systemId, point)))
                .then(_ -> care(systemId, asked));
    }

    private Outcome<PointStatus> pinned(String systemId, long number, List<PointStatus> points) {
        Optional<PointStatus> point =
                points.stream().filter(one -> one.point().number() == number).findFirst();
        if (point.isEmpty()) {
            return Outcome.refused(CareTexts.explain("care.no-point", systemId, number));
        }
        boolean alarmed =
                point.get().pins().stream().anyMatch(pin -> !pin.holder().equals(PERSON))
                        && Retainer.stopped(alarms, systemId).isPresent();
        return alarmed
                ? Outcome.refused(Retainer.stopped(alarms, systemId).orElseThrow())
                : Outcome.done(point.get());
    }

    private Outcome<Void> unpin(String systemId, PointStatus point) {
        Outcome<Void> outcome = Outcome.done();
        for (Hold pin : point.pins()) {
            outcome =
                    outcome.then(
                            _ ->
                                    ports.pool()
                                            .retention()
                                            .unpin(systemId, point.point().number(), pin.holder()));
        }
        return outcome;
    }

    private Outcome<SystemCare> lock(String systemId, long number, Instant until, Asked asked) {
        return written(
                        asked,
                        systemId,
                        "point.locked",
                        Map.of("point", Long.toString(number), "until", until.toString()))
                .then(_ -> ports.pool().retention().lock(systemId, number, until))
                .then(_ -> care(systemId, asked));
    }

    private Outcome<SystemCare> setPolicy(String systemId, CarePolicy policy, Asked asked) {
        return Retention.parse(policy.retention())
                .then(_ -> RateCalendar.parse(policy.rates()))
                .then(
                        _ ->
                                written(
                                        asked,
                                        systemId,
                                        "policy.set",
                                        Map.of(
                                                "retention",
                                                policy.retention(),
                                                "quotaBytes",
                                                Long.toString(policy.quotaBytes()),
                                                "lockMillis",
                                                Long.toString(policy.lockMillis()),
                                                "customer",
                                                policy.customer())))
                .then(
                        _ ->
                                ports.pool()
                                        .setRules(
                                                systemId,
                                                new SystemRules(
                                                        policy.customer(),
                                                        policy.quotaBytes(),
                                                        Duration.ofMillis(policy.lockMillis()))))
                .then(_ -> books.change(systemId, record -> record.with(policy)))
                .then(
                        _ -> {
                            limits(systemId, policy);
                            return care(systemId, asked);
                        });
    }

    /** An agent that is away is told when it comes back. */
    private void limits(String systemId, CarePolicy policy) {
        if (agents.connected(systemId)) {
            AgentDesk.kind("LIMITS")
                    .then(
                            kind ->
                                    agents.order(
                                            systemId,
                                            kind,
                                            Map.of(
                                                    "rates",
                                                    policy.rates(),
                                                    "share",
                                                    Integer.toString(policy.share()),
                                                    "priority",
                                                    Integer.toString(policy.priority()))));
        }
    }

    private Outcome<ScrubStatus> plan(long hours, long rate) {
        return books.put(new CareBooks.ScrubPlan(hours, rate)).map(_ -> scrubber.status());
    }

    private Outcome<TaskStatus> export(
            String systemId, long number, Path folder, String path, Asked asked) {
        return views.point(systemId, number)
                .then(
                        point ->
                                written(
                                                asked,
                                                systemId,
                                                "point.exported",
                                                Map.of(
                                                        "point",
                                                        Long.toString(point.number()),
                                                        "folder",
                                                        folder.toString()))
                                        .then(
                                                _ ->
                                                        begin(
                                                                TaskKind.EXPORT,
                                                                systemId,
                                                                asked,
                                                                watch ->
                                                                        works.export(
                                                                                systemId, point,
                                                                                path, folder,
                                                                                watch))));
    }

    private Outcome<TaskStatus> importCourier(String folder, Asked asked) {
        return Outcome.refused(CareTexts.explain("care.no-command", "IMPORT " + folder));
    }

    private Outcome<GroupList> define(String name, List<String> members) {
        for (String member : members) {
            Outcome<PooledSystem> system = views.system(member);
            if (!system.isDone()) {
                return system.map(_ -> null);
            }
        }
        Optional<Instant> last = books.group(name).result().flatMap(GroupList.Group::lastPointAt);
        return books.put(new GroupList.Group(name, members, last));
    }
}
