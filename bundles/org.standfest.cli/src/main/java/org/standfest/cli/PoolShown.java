package org.standfest.cli;

import static org.standfest.cli.Cells.NONE;
import static org.standfest.cli.Cells.amount;
import static org.standfest.cli.Cells.bytes;
import static org.standfest.cli.Cells.instant;
import static org.standfest.cli.Cells.text;
import static org.standfest.cli.Cells.time;

import org.standfest.command.Invocation;
import org.standfest.management.CarePolicy;
import org.standfest.management.ForecastView;
import org.standfest.management.MountHint;
import org.standfest.management.PointCare;
import org.standfest.management.PoolView;
import org.standfest.management.PrunePlan;
import org.standfest.management.ScrubStatus;
import org.standfest.management.SystemCare;
import org.standfest.management.TaskList;
import org.standfest.management.TaskStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the pool looks on a terminal. Stateless. */
final class PoolShown {

    private PoolShown() {}

    static void pool(Invocation call, PoolView pool) {
        if (pool.systems().isEmpty()) {
            call.out().println(text(call, "systems.none"));
        } else {
            Table table =
                    new Table(
                            "llrlrrrrr",
                            text(call, "head.system"),
                            text(call, "head.name"),
                            text(call, "head.points"),
                            text(call, "head.newest"),
                            text(call, "head.current"),
                            text(call, "head.older"),
                            text(call, "head.incoming"),
                            text(call, "head.quota"),
                            text(call, "head.alarms"));
            for (PoolView.SystemSpace one : pool.systems()) {
                table.row(
                        one.systemId(),
                        one.name(),
                        Integer.toString(one.points()),
                        instant(call, one.newestAt()),
                        bytes(call, one.currentBytes()),
                        bytes(call, one.olderBytes()),
                        amount(call, one.stagingBytes()),
                        amount(call, one.quotaBytes()),
                        one.alarms() == 0 ? NONE : Integer.toString(one.alarms()));
            }
            table.print(call.out());
            for (PoolView.SystemSpace one : pool.systems()) {
                one.problem()
                        .ifPresent(
                                why ->
                                        call.out()
                                                .println(
                                                        one.systemId()
                                                                + ": "
                                                                + why.happened()
                                                                + " "
                                                                + why.next()));
            }
        }
        call.out()
                .println(
                        text(
                                call,
                                "pool.space",
                                bytes(call, pool.usedBytes()),
                                bytes(call, pool.usableBytes()),
                                bytes(call, pool.warnBytes()),
                                bytes(call, pool.reserveBytes())));
    }

    static void system(Invocation call, SystemCare care) {
        PoolView.SystemSpace space = care.space();
        call.out().println(space.name() + " (" + space.systemId() + ")");
        call.out()
                .println(
                        text(
                                call,
                                "pool.system-space",
                                bytes(call, space.currentBytes()),
                                bytes(call, space.olderBytes()),
                                bytes(call, space.stagingBytes())));
        call.out().println(text(call, "pool.proved", instant(call, care.provedAt())));
        call.out().println(text(call, "pool.verified", instant(call, care.verifiedAt())));
        care.retentionStopped()
                .ifPresent(why -> call.out().println("  " + why.happened() + " " + why.next()));
        policyLines(call, care);
        call.out().println();
        points(call, care);
    }

    static void points(Invocation call, SystemCare care) {
        Table table =
                new Table(
                        "rlrrrl",
                        text(call, "head.number"),
                        text(call, "head.taken"),
                        text(call, "head.size"),
                        text(call, "head.changed"),
                        text(call, "head.own"),
                        text(call, "head.marks"));
        for (PointCare one : care.points()) {
            table.row(
                    Long.toString(one.number()),
                    Shown.instant(one.takenAt(), call.locale()),
                    bytes(call, one.sizeBytes()),
                    bytes(call, one.changedBytes()),
                    bytes(call, one.exclusiveBytes()),
                    String.join(", ", marks(call, one)));
        }
        table.print(call.out());
    }

    private static List<String> marks(Invocation call, PointCare point) {
        Locale locale = call.locale();
        List<String> marks = new ArrayList<>();
        if (point.newest()) {
            marks.add(text(call, "mark.newest"));
        }
        if (point.lastGood()) {
            marks.add(text(call, "mark.last-good"));
        }
        if (point.held()) {
            marks.add(text(call, "mark.held"));
        }
        point.pinned().ifPresent(why -> marks.add(text(call, "mark.pinned", why)));
        point.lockedUntil()
                .ifPresent(
                        until ->
                                marks.add(text(call, "mark.locked", Shown.instant(until, locale))));
        point.suspicion().ifPresent(why -> marks.add(text(call, "mark.suspect", why)));
        if (point.damagedBlocks() > 0) {
            marks.add(text(call, "mark.damaged", point.damagedBlocks()));
        }
        return marks;
    }

    static void policy(Invocation call, SystemCare care) {
        call.out().println(care.space().name() + " (" + care.space().systemId() + ")");
        policyLines(call, care);
    }

    private static void policyLines(Invocation call, SystemCare care) {
        CarePolicy policy = care.policy();
        call.out().println(text(call, "policy.retention", policy.retention()));
        call.out().println(text(call, "policy.rpo", time(call, policy.rpoMillis())));
        call.out().println(text(call, "policy.lock", time(call, policy.lockMillis())));
        call.out().println(text(call, "policy.quota", amount(call, policy.quotaBytes())));
        call.out()
                .println(
                        text(
                                call,
                                "policy.customer",
                                policy.customer().isEmpty() ? NONE : policy.customer()));
        call.out()
                .println(
                        text(
                                call,
                                "policy.rates",
                                policy.rates().isEmpty() ? NONE : policy.rates()));
        call.out().println(text(call, "policy.share", policy.share(), policy.priority()));
        call.out()
                .println(
                        text(
                                call,
                                "policy.schedule",
                                care.schedule().isEmpty() ? NONE : care.schedule()));
    }

    static void scrub(Invocation call, ScrubStatus status) {
        call.out()
                .println(
                        status.everyHours() == 0
                                ? text(call, "scrub.never")
                                : text(
                                        call,
                                        "scrub.plan",
                                        time(call, status.everyHours() * 3_600_000),
                                        status.bytesPerSecond() == 0
                                                ? NONE
                                                : bytes(call, status.bytesPerSecond()) + "/s",
                                        instant(call, status.nextAt())));
        status.runningTask().ifPresent(id -> call.out().println(text(call, "scrub.running", id)));
        Table table =
                new Table(
                        "llrr",
                        text(call, "head.system"),
                        text(call, "head.scrubbed"),
                        text(call, "head.read"),
                        text(call, "head.findings"));
        for (ScrubStatus.OfSystem one : status.systems()) {
            table.row(
                    one.systemId(),
                    instant(call, one.scrubbedAt()),
                    bytes(call, one.checkedBytes()),
                    Integer.toString(one.findings()));
        }
        table.print(call.out());
    }

    static void prune(Invocation call, PrunePlan plan) {
        Table table =
                new Table(
                        "rlll",
                        text(call, "head.number"),
                        text(call, "head.taken"),
                        text(call, "head.fate"),
                        text(call, "head.why"));
        for (PrunePlan.Fate one : plan.fates()) {
            table.row(
                    Long.toString(one.number()),
                    Shown.instant(one.takenAt(), call.locale()),
                    text(
                            call,
                            one.stays() ? "fate.stays" : plan.dryRun() ? "fate.goes" : "fate.gone"),
                    one.why());
        }
        table.print(call.out());
        call.out()
                .println(
                        text(
                                call,
                                plan.dryRun() ? "prune.dry" : "prune.done",
                                plan.going(),
                                bytes(call, plan.freedBytes()),
                                plan.retention()));
    }

    static void hint(Invocation call, MountHint hint) {
        call.out().println(hint.path().isEmpty() ? text(call, "hint.not-native") : hint.path());
        if (!hint.partitions().isEmpty()) {
            Table table =
                    new Table(
                            "rrrl",
                            text(call, "head.number"),
                            text(call, "head.offset"),
                            text(call, "head.size"),
                            text(call, "head.type"));
            for (MountHint.Partition one : hint.partitions()) {
                table.row(
                        Integer.toString(one.number()),
                        Long.toString(one.offsetBytes()),
                        bytes(call, one.sizeBytes()),
                        one.type());
            }
            table.print(call.out());
        }
        for (MountHint.Way way : hint.ways()) {
            call.out().println();
            call.out().println(text(call, "hint.with", way.tool()));
            way.mount().forEach(line -> call.out().println("  " + line));
            if (!way.unmount().isEmpty()) {
                call.out().println(text(call, "hint.undo"));
            }
            way.unmount().forEach(line -> call.out().println("  " + line));
        }
    }

    static void forecast(Invocation call, ForecastView view) {
        call.out()
                .println(
                        text(
                                call,
                                "forecast.basis",
                                view.systemId(),
                                view.sessions(),
                                bytes(call, view.changedBytesPerHour()),
                                bytes(call, view.lineBytesPerSecond())));
        call.out()
                .println(
                        view.reachableRpoMillis() < 0
                                ? text(call, "forecast.none")
                                : text(
                                        call,
                                        "forecast.rpo",
                                        Shown.duration(
                                                Duration.ofMillis(view.reachableRpoMillis()),
                                                call.locale()),
                                        time(call, view.objectiveMillis())));
        view.verdict()
                .ifPresent(
                        finding -> {
                            call.out().println(finding.reason().happened());
                            call.out().println(finding.reason().meaning());
                            call.out().println(finding.reason().next());
                        });
    }

    static void tasks(Invocation call, TaskList list) {
        Table table =
                new Table(
                        "lllll",
                        text(call, "head.task"),
                        text(call, "head.what"),
                        text(call, "head.system"),
                        text(call, "head.began"),
                        text(call, "head.state"));
        for (TaskStatus one : list.tasks()) {
            table.row(
                    one.id(),
                    one.kind().text(call.locale()),
                    one.systemId().isEmpty() ? NONE : one.systemId(),
                    Shown.instant(one.startedAt(), call.locale()),
                    text(call, "task." + one.state().name()));
        }
        table.print(call.out());
    }
}
