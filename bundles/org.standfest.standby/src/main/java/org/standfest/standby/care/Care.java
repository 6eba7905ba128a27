package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.AlarmList;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.GroupList;
import org.standfest.management.RecoveryCall;
import org.standfest.management.SessionHistory;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskStatus;
import org.standfest.recovery.Sleeper;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.SessionReport;
import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.objectives.Retention;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.results.Outcome;
import org.standfest.trust.KnownPeer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Cares for the recovery points of a standby: answers the {@link CareCall}s, applies retention and
 * judges changes after every commit, scrubs and looks after objectives and space. Rights are
 * checked before it is asked. Safe for any thread.
 */
public final class Care {

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
    private final SystemDesk desk;
    private final Rulings rulings;
    private final Works works;
    private final Proofs proofs;
    private final Lookout lookout;
    private final PeerBook peers;
    private final GroupDesk groups;
    private final GroupClock groupClock;
    private final Map<String, SessionReport> prepared = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> oneAtATime = new ConcurrentHashMap<>();

    /**
     * What comes from outside.
     *
     * @param home the standby's home folder
     * @param agentOf the agent that protects a system
     * @param peers everybody with a certificate
     * @param threads for long works, one thread each
     * @param ids makes ids that are unique in the world
     * @param journal the standby's journal
     * @param couriers who may bring a courier disk
     * @param groups takes consistency groups
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
            CareJournal journal,
            CourierTrust couriers,
            GroupCoordinator groups) {}

    /** Puts it together; nothing happens before {@link #open}. */
    public Care(Ports ports) {
        this.ports = ports;
        Clock clock = ports.clock();
        ImagePool pool = ports.pool();
        Supplier<ZoneId> zone = ZoneId::systemDefault;
        this.books = new CareBooks(ports.home());
        this.alarms = new AlarmBook(ports.home(), clock, ports.ids(), ports.journal());
        this.groups = new GroupDesk(books, ports.groups(), ports.agentOf());
        this.groupClock = new GroupClock(books, clock, zone, this::takeGroup);
        this.tasks = new Tasks(ports.threads(), clock, ports.ids());
        this.views = new PoolViews(pool, books, alarms);
        this.retainer = new Retainer(pool, alarms, ports.journal(), clock, zone);
        this.scrubber = new Scrubber(pool, books, alarms, tasks, clock, ports.sleeper());
        this.sessions = new Sessions(books::folder);
        this.changes = new ChangeGuard(pool, alarms, sessions, ports.journal());
        this.forecaster = new Forecaster(books, sessions, clock, zone);
        AgentDesk agents = new AgentDesk(ports.lines(), ports.agentOf());
        Courier courier = new Courier(pool, ports.couriers(), clock);
        this.proofs = new Proofs(books, alarms);
        this.works =
                new Works(pool, ports.home(), books, alarms, agents, proofs, scrubber, courier);
        this.desk = new SystemDesk(views, books, agents, clock);
        this.rulings =
                new Rulings(pool, books, alarms, tasks, views, retainer, scrubber, desk, works);
        this.lookout =
                new Lookout(
                        pool,
                        books,
                        alarms,
                        new MissedObjective(agents, clock),
                        scrubber,
                        tasks,
                        clock,
                        ports.sleeper(),
                        () -> {
                            ports.groups().tick();
                            groupClock.tick();
                        });
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

    /** The weight of a system's sessions while several wait for each other, 1 or more. */
    public int weight(String systemId) {
        CarePolicy policy = books.get(systemId).policy();
        return policy.share() << policy.priority();
    }

    /** An agent has reported, or its line ended: what it missed while it was away is told. */
    public void reported(AgentStatus status) {
        for (SystemReport system : status.report().systems()) {
            String id = system.systemId();
            desk.reported(id, status.connected());
            boolean protects =
                    ports.agentOf()
                            .apply(id)
                            .filter(one -> one.agentId().equals(status.agentId()))
                            .isPresent();
            if (protects && ports.pool().system(id).isPresent()) {
                proofs.told(id, system.name(), system.facts());
            }
        }
    }

    /** Something was read otherwise than committed: the system is scrubbed soon. */
    public void suspectDamage(String systemId) {
        tasks.begin(
                TaskKind.SCRUB,
                systemId,
                "standby",
                Locale.ENGLISH,
                watch -> scrubber.run(List.of(systemId), watch));
    }

    /** A session is over; called on any thread, returns after retention was applied. */
    public void ended(SessionReport report) {
        ReentrantLock lock =
                oneAtATime.computeIfAbsent(report.info().systemId(), _ -> new ReentrantLock());
        lock.lock();
        try {
            ports.pool().system(report.info().systemId()).ifPresent(one -> ended(one, report));
        } finally {
            lock.unlock();
        }
    }

    private void ended(PooledSystem system, SessionReport report) {
        String systemId = system.id();
        // A later session may have made a newer point by now.
        Optional<RecoveryPoint> made =
                report.result()
                        .result()
                        .flatMap(
                                id ->
                                        ports.pool().points(systemId).result().stream()
                                                .flatMap(List::stream)
                                                .filter(point -> point.id().equals(id))
                                                .findFirst());
        if (made.isEmpty() && report.result().isDone()) {
            // Prepared for a group: it counts when the group is decided.
            prepared.put(systemId, report);
            return;
        }
        SessionRecord record =
                Sessions.record(
                        report,
                        ports.clock().instant(),
                        made.map(RecoveryPoint::takenAt).orElse(report.info().startedAt()),
                        made.filter(point -> point.number() == 1).isPresent(),
                        made.map(point -> size(point)).orElse(0L));
        if (made.isPresent()) {
            changes.judge(system, record);
        }
        sessions.add(systemId, record);
        if (made.isPresent()) {
            lookout.look(system);
            retain(systemId);
        }
    }

    private Outcome<Tasks.Result> take(GroupList.Group group, Tasks.Watch watch) {
        return groups.run(group, watch, this::committed);
    }

    private boolean takeGroup(GroupList.Group group) {
        return tasks.begin(
                        TaskKind.GROUP, "", "standby", Locale.ENGLISH, watch -> take(group, watch))
                .isDone();
    }

    /** The prepared point of a member of a group has become its newest. */
    private void committed(String systemId) {
        Optional.ofNullable(prepared.remove(systemId)).ifPresent(this::ended);
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
        Asked asked = new Asked(who, language, ports.journal());
        Outcome<?> known =
                call.systemId().isEmpty() || call instanceof CareRuling.Repair
                        ? Outcome.done()
                        : views.system(call.systemId());
        Outcome<?> answer =
                known.then(
                        _ ->
                                switch (call) {
                                    case CareCall.Seeing<?> seeing -> cast(see(seeing, asked));
                                    case CareCall.Acting<?> acting -> cast(act(acting, asked));
                                    case CareRuling<?> ruling -> cast(rulings.rule(ruling, asked));
                                    case RecoveryCall<?> _ ->
                                            throw new IllegalArgumentException(
                                                    "the recovery desk answers this");
                                });
        return answer.map(call.answer()::cast);
    }

    private static Outcome<Object> cast(Outcome<?> outcome) {
        return outcome.map(Object.class::cast);
    }

    private Outcome<?> see(CareCall.Seeing<?> call, Asked asked) {
        Locale language = asked.language();
        return switch (call) {
            case CareCall.PoolList _ -> views.pool(language);
            case CareCall.PoolShow(var id) -> desk.care(id, asked.language());
            case CareCall.Tasks _ -> Outcome.done(tasks.list(language));
            case CareCall.OneTask(var id) -> tasks.status(id, language);
            case CareCall.Scrubs _ -> Outcome.done(scrubber.status());
            case CareCall.Alarms(var id, var settledToo) ->
                    Outcome.done(new AlarmList(alarms.list(id, settledToo, language)));
            case CareCall.HintMount(var id, var number, var volume) ->
                    views.hint(id, number, volume);
            case CareCall.Forecast(var id) ->
                    views.system(id)
                            .then(
                                    system ->
                                            forecaster.forecast(
                                                    system, desk.schedule(id), language));
            case CareCall.Sessions(var id, var limit) ->
                    Outcome.done(new SessionHistory(id, sessions.newest(id, limit)));
            case CareCall.Groups _ ->
                    books.groups().map(all -> new GroupList(List.copyOf(all.values())));
            case CareCall.Peers _ -> Outcome.done(peers.list());
        };
    }

    private Outcome<?> act(CareCall.Acting<?> call, Asked asked) {
        Locale language = asked.language();
        return switch (call) {
            case CareCall.Verify(var id) ->
                    begin(
                            TaskKind.VERIFY,
                            id,
                            asked,
                            watch ->
                                    id.isEmpty()
                                            ? works.verifyAll(watch)
                                            : works.verify(id, watch));
            case CareCall.ScrubNow(var id) ->
                    begin(TaskKind.SCRUB, id, asked, watch -> scrubber.run(scrubbed(id), watch));
            case CareCall.Compare(var id) ->
                    desk.connected(id)
                            .then(
                                    _ ->
                                            begin(
                                                    TaskKind.COMPARE,
                                                    id,
                                                    asked,
                                                    watch -> works.compare(id, watch)));
            case CareCall.RunGroup(var name) ->
                    books.group(name)
                            .then(
                                    group ->
                                            begin(
                                                    TaskKind.GROUP,
                                                    "",
                                                    asked,
                                                    watch -> take(group, watch)));
            case CareCall.CancelTask(var id) -> tasks.cancel(id, language);
            case CareCall.Pin(var id, var number, var reason) ->
                    asked.written(
                                    id,
                                    "point.pinned",
                                    Map.of("point", Long.toString(number), "reason", reason))
                            .then(
                                    _ ->
                                            ports.pool()
                                                    .retention()
                                                    .pin(id, number, Rulings.PERSON, reason))
                            .then(_ -> desk.care(id, asked.language()));
            case CareCall.Acknowledge(var id, var reason) -> acknowledge(id, reason, asked);
            case CareCall.Pause(var id, var reason) ->
                    desk.order(id, CommandKind.PAUSE, Map.of("reason", reason), language);
            case CareCall.CancelRun(var id) -> desk.cancelRun(id, language);
            case CareCall.Resume(var id) -> desk.order(id, CommandKind.RESUME, Map.of(), language);
        };
    }

    private List<String> scrubbed(String systemId) {
        return systemId.isEmpty()
                ? ports.pool().systems().stream().map(PooledSystem::id).sorted().toList()
                : List.of(systemId);
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

    private Outcome<TaskStatus> begin(
            TaskKind kind, String systemId, Asked asked, Tasks.Work work) {
        return tasks.begin(kind, systemId, asked.who(), asked.language(), work);
    }
}
