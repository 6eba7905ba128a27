package org.standfest.standby.care;

import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.GroupList;
import org.standfest.management.PrunePlan;
import org.standfest.management.ScrubStatus;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskKind;
import org.standfest.management.TaskStatus;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.Retention;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.SystemRules;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out what an administrator decides, journal first. Safe for any thread. */
final class Rulings {

    /** Who holds the pins of people. */
    static final String PERSON = "person";

    private final ImagePool pool;
    private final CareBooks books;
    private final AlarmBook alarms;
    private final Tasks tasks;
    private final PoolViews views;
    private final Retainer retainer;
    private final Scrubber scrubber;
    private final SystemDesk desk;
    private final Works works;

    Rulings(
            ImagePool pool,
            CareBooks books,
            AlarmBook alarms,
            Tasks tasks,
            PoolViews views,
            Retainer retainer,
            Scrubber scrubber,
            SystemDesk desk,
            Works works) {
        this.pool = pool;
        this.books = books;
        this.alarms = alarms;
        this.tasks = tasks;
        this.views = views;
        this.retainer = retainer;
        this.scrubber = scrubber;
        this.desk = desk;
        this.works = works;
    }

    Outcome<?> rule(CareRuling<?> call, Asked asked) {
        return switch (call) {
            case CareRuling.Repair(var id) -> repair(id, asked);
            case CareRuling.Prune(var id, var rule, var dryRun) -> prune(id, rule, dryRun, asked);
            case CareRuling.Unpin(var id, var number, var reason) ->
                    unpin(id, number, reason, asked);
            case CareRuling.Lock(var id, var number, var until) -> lock(id, number, until, asked);
            case CareRuling.SetPolicy(var id, var policy) -> setPolicy(id, policy, asked);
            case CareRuling.PlanScrub(var hours, var rate) -> plan(hours, rate);
            case CareRuling.Export(var id, var number, var folder, var path) ->
                    works.exportFolder(folder)
                            .then(target -> export(id, number, target, path, asked));
            case CareRuling.Import(var folder) -> importCourier(folder, asked);
            case CareRuling.DefineGroup(var name, var members, var schedule) ->
                    define(name, members, schedule);
            case CareRuling.RemoveGroup(var name) -> books.removeGroup(name);
            case CareRuling.SetSchedule(var id, var text) ->
                    Schedule.parse(text)
                            .then(
                                    one ->
                                            desk.order(
                                                    id,
                                                    CommandKind.SCHEDULE,
                                                    Map.of("schedule", one.toString()),
                                                    asked.language()));
        };
    }

    /** Also a system that cannot be opened is repaired; one that nobody knows is not. */
    private Outcome<TaskStatus> repair(String systemId, Asked asked) {
        boolean known = pool.system(systemId).isPresent() || pool.damaged().containsKey(systemId);
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
        return pool.retention()
                .points(systemId)
                .then(points -> pinned(systemId, number, points))
                .then(
                        point ->
                                asked.written(
                                                systemId,
                                                "point.unpinned",
                                                Map.of(
                                                        "point",
                                                        Long.toString(number),
                                                        "reason",
                                                        reason))
                                        .then(_ -> unpin(systemId, point)))
                .then(_ -> desk.care(systemId, asked.language()));
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
                                    pool.retention()
                                            .unpin(systemId, point.point().number(), pin.holder()));
        }
        return outcome;
    }

    private Outcome<SystemCare> lock(String systemId, long number, Instant until, Asked asked) {
        return asked.written(
                        systemId,
                        "point.locked",
                        Map.of("point", Long.toString(number), "until", until.toString()))
                .then(_ -> pool.retention().lock(systemId, number, until))
                .then(_ -> desk.care(systemId, asked.language()));
    }

    private Outcome<SystemCare> setPolicy(String systemId, CarePolicy policy, Asked asked) {
        return Retention.parse(policy.retention())
                .then(_ -> RateCalendar.parse(policy.rates()))
                .then(
                        _ ->
                                asked.written(
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
                                pool.setRules(
                                        systemId,
                                        new SystemRules(
                                                policy.customer(),
                                                policy.quotaBytes(),
                                                Duration.ofMillis(policy.lockMillis()))))
                .then(_ -> books.change(systemId, record -> record.with(policy)))
                .then(
                        _ -> {
                            desk.limits(systemId, policy);
                            return desk.care(systemId, asked.language());
                        });
    }

    private Outcome<ScrubStatus> plan(long hours, long rate) {
        return books.put(new CareBooks.ScrubPlan(hours, rate)).map(_ -> scrubber.status());
    }

    private Outcome<TaskStatus> export(
            String systemId, long number, Path folder, String path, Asked asked) {
        return views.point(systemId, number)
                .then(
                        point ->
                                asked.written(
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
        return asked.written("", "courier.import", Map.of("folder", folder))
                .then(
                        _ ->
                                begin(
                                        TaskKind.IMPORT,
                                        "",
                                        asked,
                                        watch -> works.courier(Path.of(folder), watch)));
    }

    private Outcome<GroupList> define(String name, List<String> members, String schedule) {
        for (String member : members) {
            Outcome<PooledSystem> system = views.system(member);
            if (!system.isDone()) {
                return system.map(_ -> null);
            }
        }
        Optional<GroupList.Group> old = books.group(name).result();
        String wanted =
                schedule.isBlank() ? old.map(GroupList.Group::schedule).orElse("manual") : schedule;
        return Schedule.parse(wanted)
                .then(
                        read ->
                                books.put(
                                        new GroupList.Group(
                                                name,
                                                members,
                                                read.toString(),
                                                old.flatMap(GroupList.Group::lastPointAt))));
    }

    private Outcome<TaskStatus> begin(
            TaskKind kind, String systemId, Asked asked, Tasks.Work work) {
        return tasks.begin(kind, systemId, asked.who(), asked.language(), work);
    }
}
