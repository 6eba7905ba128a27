package org.standfest.management.rehearsed;

import org.standfest.management.Alarm;
import org.standfest.management.AlarmList;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.FindingInfo;
import org.standfest.management.ForecastView;
import org.standfest.management.GroupList;
import org.standfest.management.MountHint;
import org.standfest.management.OperationState;
import org.standfest.management.PeerList;
import org.standfest.management.PointCare;
import org.standfest.management.PoolView;
import org.standfest.management.PrunePlan;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ScrubStatus;
import org.standfest.management.SessionHistory;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskList;
import org.standfest.management.TaskStatus;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The care of the rehearsed standby's recovery points. Long works are over when they are asked for
 * the second time. Guarded by the standby it belongs to.
 */
final class RehearsedCare {

    private static final int POINTS = 5;
    private static final long GIB = 1L << 30;

    private final Catalog texts;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, CarePolicy> policies = new HashMap<>();
    private final Map<String, String> schedules = new HashMap<>();
    private final Map<String, Boolean> paused = new HashMap<>();
    private final Map<String, List<PointCare>> points = new HashMap<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final Map<String, TaskStatus> tasks = new TreeMap<>();
    private final Map<String, GroupList.Group> groups = new TreeMap<>();
    private ScrubStatus scrub;

    /**
     * @param systems the systems: names by id
     */
    RehearsedCare(
            Map<String, String> systems, Locale language, Catalog texts, InstantSource clock) {
        this.texts = texts;
        this.clock = clock;
        this.startedAt = clock.instant();
        names.putAll(systems);
        names.keySet().forEach(id -> points.put(id, examplePoints()));
        scrub = new ScrubStatus(168, 0, Optional.empty(), Optional.empty(), List.of());
        alarms.add(
                new Alarm(
                        "rehearsed-alarm-1",
                        Alarm.Kind.CHANGES,
                        new FindingInfo(
                                Severity.ERROR,
                                names.keySet().iterator().next(),
                                names.values().iterator().next(),
                                Reason.of(texts.explain("rehearsed.changes"), language)),
                        startedAt,
                        startedAt,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private List<PointCare> examplePoints() {
        List<PointCare> made = new ArrayList<>();
        for (int number = POINTS; number >= 1; number--) {
            Instant at = startedAt.minus(Duration.ofHours(POINTS - number + 1));
            made.add(
                    new PointCare(
                            number,
                            "point-" + number,
                            at,
                            at.plusSeconds(20),
                            40 * GIB,
                            GIB / 10,
                            GIB / 12,
                            GIB / 12,
                            number == POINTS,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0,
                            number == POINTS,
                            List.of(
                                    new PointCare.Volume(
                                            "disk0",
                                            false,
                                            40 * GIB,
                                            "%064x".formatted(number),
                                            List.of()))));
        }
        return made;
    }

    Outcome<?> ask(CareCall<?> call) {
        if (!call.systemId().isEmpty() && !names.containsKey(call.systemId())) {
            return Outcome.refused(texts.explain("rehearsed.no-system", call.systemId()));
        }
        return switch (call) {
            case CareCall.Seeing<?> seeing -> see(seeing);
            case CareCall.Acting<?> acting -> act(acting);
            case CareRuling<?> ruling -> rule(ruling);
            case RecoveryCall<?> _ ->
                    throw new IllegalArgumentException("RehearsedRecovery answers this");
        };
    }

    private Outcome<?> see(CareCall.Seeing<?> call) {
        return switch (call) {
            case CareCall.PoolList _ ->
                    Outcome.done(
                            new PoolView(
                                    700 * GIB,
                                    GIB / 4,
                                    70 * GIB,
                                    300 * GIB,
                                    names.keySet().stream().map(this::space).toList()));
            case CareCall.PoolShow(var id) -> Outcome.done(care(id));
            case CareCall.Tasks _ -> Outcome.done(new TaskList(List.copyOf(tasks.values())));
            case CareCall.OneTask(var id) -> task(id);
            case CareCall.Scrubs _ -> Outcome.done(scrub);
            case CareCall.Alarms(var id, var settledToo) ->
                    Outcome.done(
                            new AlarmList(
                                    alarms.stream()
                                            .filter(
                                                    one ->
                                                            id.isEmpty()
                                                                    || one.finding()
                                                                            .elementId()
                                                                            .equals(id))
                                            .filter(one -> settledToo || one.settledAt().isEmpty())
                                            .toList()));
            case CareCall.HintMount(var id, var number, var volume) ->
                    point(id, number == 0 ? POINTS : number)
                            .map(point -> hint(id, point.number(), volume));
            case CareCall.Forecast(var id) ->
                    Outcome.done(
                            new ForecastView(
                                    id,
                                    24,
                                    GIB,
                                    10_000_000,
                                    900_000,
                                    policy(id).rpoMillis(),
                                    Optional.empty()));
            case CareCall.Sessions(var id, var limit) ->
                    Outcome.done(
                            new SessionHistory(
                                    id,
                                    points.get(id).stream()
                                            .limit(limit)
                                            .map(RehearsedCare::session)
                                            .toList()));
            case CareCall.Groups _ -> groupList();
            case CareCall.Peers _ -> Outcome.done(new PeerList(List.of(peer())));
        };
    }

    private Outcome<?> act(CareCall.Acting<?> call) {
        return switch (call) {
            case CareCall.Verify(var id) -> begin(TaskKind.VERIFY, id);
            case CareCall.ScrubNow(var id) -> begin(TaskKind.SCRUB, id);
            case CareCall.Compare(var id) -> begin(TaskKind.COMPARE, id);
            case CareCall.RunGroup(var name) ->
                    groups.containsKey(name)
                            ? begin(TaskKind.GROUP, "")
                            : Outcome.refused(texts.explain("rehearsed.unknown-name", name));
            case CareCall.CancelTask(var id) -> task(id);
            case CareCall.Pin(var id, var number, var reason) ->
                    change(id, number, point -> marked(point, Optional.of(reason)));
            case CareCall.Acknowledge(var id, var reason) -> acknowledge(id, reason);
            case CareCall.Pause(var id, _) -> {
                paused.put(id, true);
                yield Outcome.done(care(id));
            }
            case CareCall.CancelRun(var id) -> Outcome.done(care(id));
            case CareCall.Resume(var id) -> {
                paused.put(id, false);
                yield Outcome.done(care(id));
            }
        };
    }

    private Outcome<?> rule(CareRuling<?> call) {
        return switch (call) {
            case CareRuling.Repair(var id) -> begin(TaskKind.REPAIR, id);
            case CareRuling.Export(var id, _, _, _) -> begin(TaskKind.EXPORT, id);
            case CareRuling.Import _ -> begin(TaskKind.IMPORT, "");
            case CareRuling.Prune(var id, var retention, var dryRun) ->
                    Outcome.done(
                            new PrunePlan(
                                    id,
                                    retention.isEmpty() ? policy(id).retention() : retention,
                                    dryRun,
                                    points.get(id).stream()
                                            .map(
                                                    one ->
                                                            new PrunePlan.Fate(
                                                                    one.number(),
                                                                    one.takenAt(),
                                                                    true,
                                                                    "rehearsed"))
                                            .toList(),
                                    0));
            case CareRuling.Unpin(var id, var number, _) ->
                    change(id, number, point -> marked(point, Optional.empty()));
            case CareRuling.Lock(var id, var number, var until) ->
                    change(id, number, point -> locked(point, until));
            case CareRuling.SetPolicy(var id, var policy) -> {
                policies.put(id, policy);
                yield Outcome.done(care(id));
            }
            case CareRuling.SetSchedule(var id, var schedule) -> {
                schedules.put(id, schedule);
                yield Outcome.done(care(id));
            }
            case CareRuling.PlanScrub(var hours, var rate) -> {
                scrub = new ScrubStatus(hours, rate, Optional.empty(), Optional.empty(), List.of());
                yield Outcome.done(scrub);
            }
            case CareRuling.DefineGroup(var name, var members, var schedule) -> {
                if (!names.keySet().containsAll(members)) {
                    yield Outcome.refused(
                            texts.explain("rehearsed.no-system", String.join(", ", members)));
                }
                groups.put(name, new GroupList.Group(name, members, schedule, Optional.empty()));
                yield groupList();
            }
            case CareRuling.RemoveGroup(var name) ->
                    groups.remove(name) == null
                            ? Outcome.refused(texts.explain("rehearsed.unknown-name", name))
                            : groupList();
        };
    }

    private Outcome<GroupList> groupList() {
        return Outcome.done(new GroupList(List.copyOf(groups.values())));
    }

    private CarePolicy policy(String id) {
        return policies.getOrDefault(id, CarePolicy.DEFAULT);
    }

    private PoolView.SystemSpace space(String id) {
        int open =
                (int)
                        alarms.stream()
                                .filter(one -> one.settledAt().isEmpty())
                                .filter(one -> one.finding().elementId().equals(id))
                                .count();
        return new PoolView.SystemSpace(
                id,
                names.get(id),
                policy(id).customer(),
                POINTS,
                Optional.of(points.get(id).getFirst().takenAt()),
                30 * GIB,
                GIB / 2,
                0,
                policy(id).quotaBytes(),
                open,
                Optional.empty());
    }

    private SystemCare care(String id) {
        return new SystemCare(
                space(id),
                policy(id),
                schedules.getOrDefault(id, "every 15 min"),
                paused.getOrDefault(id, false),
                Optional.empty(),
                Optional.of(startedAt),
                Optional.of(startedAt),
                points.get(id));
    }

    private Outcome<PointCare> point(String id, long number) {
        return points.get(id).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(texts.explain("rehearsed.no-point", id, number)));
    }

    private Outcome<SystemCare> change(
            String id, long number, java.util.function.UnaryOperator<PointCare> how) {
        return point(id, number)
                .map(
                        old -> {
                            points.get(id)
                                    .replaceAll(one -> one.equals(old) ? how.apply(one) : one);
                            return care(id);
                        });
    }

    private static PointCare marked(PointCare point, Optional<String> pinned) {
        return new PointCare(
                point.number(),
                point.id(),
                point.takenAt(),
                point.committedAt(),
                point.sizeBytes(),
                point.changedBytes(),
                point.receivedBytes(),
                point.exclusiveBytes(),
                point.newest(),
                point.held(),
                pinned,
                point.lockedUntil(),
                point.suspicion(),
                point.damagedBlocks(),
                point.lastGood(),
                point.volumes());
    }

    private static PointCare locked(PointCare point, Instant until) {
        return new PointCare(
                point.number(),
                point.id(),
                point.takenAt(),
                point.committedAt(),
                point.sizeBytes(),
                point.changedBytes(),
                point.receivedBytes(),
                point.exclusiveBytes(),
                point.newest(),
                point.held(),
                point.pinned(),
                Optional.of(until),
                point.suspicion(),
                point.damagedBlocks(),
                point.lastGood(),
                point.volumes());
    }

    private static MountHint hint(String id, long number, String volume) {
        return new MountHint(
                id,
                number,
                volume.isEmpty() ? "disk0" : volume,
                "/rehearsed/disk0.img",
                false,
                List.of(new MountHint.Partition(1, 1 << 20, 39 * GIB, "83")),
                List.of(
                        new MountHint.Way(
                                "losetup",
                                List.of(
                                        "losetup --read-only --partscan /dev/loop0"
                                                + " /rehearsed/disk0.img"),
                                List.of("losetup --detach /dev/loop0"))));
    }

    private static SessionHistory.Entry session(PointCare point) {
        return new SessionHistory.Entry(
                point.takenAt(),
                point.committedAt(),
                Optional.of(point.id()),
                Optional.empty(),
                "schedule",
                point.number() == 1,
                point.changedBytes(),
                point.receivedBytes(),
                20_000);
    }

    private PeerList.Peer peer() {
        return new PeerList.Peer(
                "agent-townhall",
                "town hall",
                false,
                Optional.empty(),
                List.copyOf(names.keySet()),
                true,
                Optional.of(clock.instant()),
                startedAt,
                startedAt.plus(Duration.ofDays(90)),
                Optional.empty());
    }

    private Outcome<Alarm> acknowledge(String id, String reason) {
        for (int i = 0; i < alarms.size(); i++) {
            Alarm alarm = alarms.get(i);
            if (alarm.id().equals(id) && alarm.settledAt().isEmpty()) {
                Alarm settled =
                        new Alarm(
                                alarm.id(),
                                alarm.kind(),
                                alarm.finding(),
                                alarm.raisedAt(),
                                alarm.seenAt(),
                                Optional.of(clock.instant()),
                                Optional.of("rehearsal"),
                                Optional.of(reason));
                alarms.set(i, settled);
                return Outcome.done(settled);
            }
        }
        return Outcome.refused(texts.explain("rehearsed.no-alarm", id));
    }

    private Outcome<TaskStatus> begin(TaskKind kind, String systemId) {
        String id = "rehearsed-task-" + (tasks.size() + 1);
        tasks.put(id, status(id, kind, systemId, OperationState.RUNNING));
        return Outcome.done(tasks.get(id));
    }

    private Outcome<TaskStatus> task(String id) {
        TaskStatus running = tasks.get(id);
        if (running == null) {
            return Outcome.refused(texts.explain("rehearsed.no-operation", id));
        }
        tasks.put(id, status(id, running.kind(), running.systemId(), OperationState.SUCCEEDED));
        return Outcome.done(tasks.get(id));
    }

    private TaskStatus status(String id, TaskKind kind, String systemId, OperationState state) {
        return new TaskStatus(
                id,
                kind,
                systemId,
                "rehearsal",
                state,
                startedAt,
                state.finished() ? Optional.of(clock.instant()) : Optional.empty(),
                state.finished() ? GIB : GIB / 2,
                GIB,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                state.finished() ? Map.of("provedAt", clock.instant().toString()) : Map.of());
    }
}
