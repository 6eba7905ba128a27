package org.standfest.management.rehearsed;

import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.ForecastView;
import org.standfest.management.GroupList;
import org.standfest.management.PeerList;
import org.standfest.management.PoolView;
import org.standfest.management.PrunePlan;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ScrubStatus;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskKind;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The care of the rehearsed standby's recovery points: who is asked what. Guarded by the standby it
 * belongs to.
 */
final class RehearsedCare {

    private static final long GIB = 1L << 30;

    private final Catalog texts;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, String> names = new TreeMap<>();
    private final Map<String, CarePolicy> policies = new HashMap<>();
    private final Map<String, String> schedules = new HashMap<>();
    private final Map<String, Boolean> paused = new HashMap<>();
    private final RehearsedPoints points;
    private final RehearsedAlarms alarms;
    private final RehearsedTasks tasks;
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
        scrub = new ScrubStatus(168, 0, Optional.empty(), Optional.empty(), List.of());
        points = new RehearsedPoints(names.keySet(), texts, startedAt);
        tasks = new RehearsedTasks(texts, clock);
        Map.Entry<String, String> first = names.entrySet().iterator().next();
        alarms = new RehearsedAlarms(first.getKey(), first.getValue(), language, texts, clock);
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
            case CareCall.Tasks _ -> Outcome.done(tasks.list());
            case CareCall.OneTask(var id) -> tasks.task(id);
            case CareCall.Scrubs _ -> Outcome.done(scrub);
            case CareCall.Alarms(var id, var settledToo) ->
                    Outcome.done(alarms.list(id, settledToo));
            case CareCall.HintMount(var id, var number, var volume) ->
                    points.hint(id, number, volume);
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
            case CareCall.Sessions(var id, var limit) -> Outcome.done(points.sessions(id, limit));
            case CareCall.Groups _ -> groupList();
            case CareCall.Peers _ -> Outcome.done(new PeerList(List.of(peer())));
        };
    }

    private Outcome<?> act(CareCall.Acting<?> call) {
        return switch (call) {
            case CareCall.Verify(var id) -> tasks.begin(TaskKind.VERIFY, id);
            case CareCall.ScrubNow(var id) -> tasks.begin(TaskKind.SCRUB, id);
            case CareCall.Compare(var id) -> tasks.begin(TaskKind.COMPARE, id);
            case CareCall.RunGroup(var name) ->
                    groups.containsKey(name)
                            ? tasks.begin(TaskKind.GROUP, "")
                            : Outcome.refused(texts.explain("rehearsed.unknown-name", name));
            case CareCall.CancelTask(var id) -> tasks.task(id);
            case CareCall.Pin(var id, var number, var reason) ->
                    points.pin(id, number, Optional.of(reason)).map(_ -> care(id));
            case CareCall.Acknowledge(var id, var reason) -> alarms.acknowledge(id, reason);
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
            case CareRuling.Repair(var id) -> tasks.begin(TaskKind.REPAIR, id);
            case CareRuling.Export(var id, _, _, _) -> tasks.begin(TaskKind.EXPORT, id);
            case CareRuling.Import _ -> tasks.begin(TaskKind.IMPORT, "");
            case CareRuling.Prune(var id, var retention, var dryRun) ->
                    Outcome.done(
                            new PrunePlan(
                                    id,
                                    retention.isEmpty() ? policy(id).retention() : retention,
                                    dryRun,
                                    points.of(id).stream()
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
                    points.pin(id, number, Optional.empty()).map(_ -> care(id));
            case CareRuling.Lock(var id, var number, var until) ->
                    points.lock(id, number, until).map(_ -> care(id));
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
        return new PoolView.SystemSpace(
                id,
                names.get(id),
                policy(id).customer(),
                RehearsedPoints.COUNT,
                Optional.of(points.of(id).getFirst().takenAt()),
                30 * GIB,
                GIB / 2,
                0,
                policy(id).quotaBytes(),
                alarms.list(id, false).alarms().size(),
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
                points.of(id));
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
}
