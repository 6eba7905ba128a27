package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.PointInfo;
import org.standfest.management.PositiveTest;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.SessionInfo;
import org.standfest.management.SystemKind;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.results.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A system of the rehearsed standby. */
record RehearsedSystem(
        String id,
        String name,
        SystemKind kind,
        SystemState state,
        Instant since,
        Optional<Reason> reason,
        Optional<PointInfo> point,
        Optional<Instant> provedAt,
        long epoch,
        Optional<String> operationId,
        SystemSettings settings) {

    static List<RehearsedSystem> examples(Instant now, Locale language, Catalog texts) {
        Reason silent = Reason.of(texts.explain("rehearsed.silent"), language);
        Reason serving = Reason.of(texts.explain("rehearsed.serving"), language);
        Reason twice = Reason.of(texts.explain("rehearsed.twice"), language);
        return List.of(
                example("directory", texts.text(language, "system.directory"), now)
                        .in(SystemState.EMERGENCY_OPERATION, now.minus(Duration.ofMinutes(47)))
                        .because(serving),
                example("files", texts.text(language, "system.files"), now).asFiles(),
                example("ledger", texts.text(language, "system.ledger"), now),
                example("mail", texts.text(language, "system.mail"), now)
                        .in(SystemState.OUTAGE, now.minus(Duration.ofMinutes(3)))
                        .because(silent),
                example("registry", texts.text(language, "system.registry"), now)
                        .in(SystemState.BLOCKED, now.minus(Duration.ofHours(2)))
                        .because(twice),
                example("telephone", texts.text(language, "system.telephone"), now).withoutPoint());
    }

    private static RehearsedSystem example(String id, String name, Instant now) {
        Instant takenAt = now.minus(Duration.ofMinutes(12));
        return new RehearsedSystem(
                id,
                name,
                SystemKind.MACHINE,
                SystemState.NORMAL_OPERATION,
                now.minus(Duration.ofDays(30)),
                Optional.empty(),
                Optional.of(
                        new PointInfo(
                                "point-12",
                                takenAt,
                                takenAt.plusSeconds(9),
                                40L << 30,
                                11L << 30,
                                true,
                                false,
                                List.of("disk0"))),
                Optional.of(takenAt.plusSeconds(60)),
                3,
                Optional.empty(),
                new SystemSettings(
                        Optional.of(PositiveTest.http("192.0.2.10", 80, "/")),
                        Optional.empty(),
                        List.of(),
                        SystemSettings.DEFAULT.hardware(),
                        300_000));
    }

    boolean startable() {
        return kind == SystemKind.MACHINE && point.isPresent();
    }

    RehearsedSystem in(SystemState next, Instant at) {
        return new RehearsedSystem(
                id,
                name,
                kind,
                next,
                at,
                Optional.empty(),
                point,
                provedAt,
                epoch,
                Optional.empty(),
                settings);
    }

    RehearsedSystem because(Reason why) {
        return new RehearsedSystem(
                id,
                name,
                kind,
                state,
                since,
                Optional.of(why),
                point,
                provedAt,
                epoch,
                operationId,
                settings);
    }

    RehearsedSystem asFiles() {
        return new RehearsedSystem(
                id,
                name,
                SystemKind.FILES,
                state,
                since,
                reason,
                point,
                Optional.empty(),
                epoch,
                operationId,
                SystemSettings.DEFAULT);
    }

    RehearsedSystem withoutPoint() {
        return new RehearsedSystem(
                id,
                name,
                kind,
                state,
                since,
                reason,
                Optional.empty(),
                Optional.empty(),
                1,
                operationId,
                settings);
    }

    RehearsedSystem with(SystemSettings other) {
        return new RehearsedSystem(
                id, name, kind, state, since, reason, point, provedAt, epoch, operationId, other);
    }

    RehearsedSystem busyWith(Optional<String> operation) {
        return new RehearsedSystem(
                id, name, kind, state, since, reason, point, provedAt, epoch, operation, settings);
    }

    /** What it is after an action succeeded. */
    RehearsedSystem after(Action action, SystemState next, Instant now) {
        boolean newPoint = action == Action.REPLICATE || action == Action.RETURN;
        boolean newLife = action == Action.ACTIVATE || action == Action.RETURN;
        boolean proved = newLife || action == Action.REHEARSE;
        return new RehearsedSystem(
                id,
                name,
                kind,
                next,
                next == state ? since : now,
                Optional.empty(),
                newPoint ? point.map(old -> taken(old, now)) : point,
                proved ? Optional.of(now) : provedAt,
                newLife ? epoch + 1 : epoch,
                Optional.empty(),
                settings);
    }

    private static PointInfo taken(PointInfo old, Instant now) {
        return new PointInfo(
                "point-at-" + now.getEpochSecond(),
                now,
                now,
                old.sizeBytes(),
                old.storedBytes(),
                true,
                false,
                old.volumes());
    }

    SystemStatus status(Instant now, List<PossibleAction> actions) {
        return new SystemStatus(
                id,
                name,
                kind,
                state,
                since,
                reason,
                point,
                point.map(newest -> Duration.between(newest.takenAt(), now).toMillis()).orElse(-1L),
                "agent-townhall",
                state == SystemState.NORMAL_OPERATION,
                point.map(
                        newest ->
                                new SessionInfo(
                                        newest.committedAt(),
                                        true,
                                        480,
                                        480,
                                        480L * 65_536,
                                        480L * 65_536 + 20_000,
                                        9_000)),
                Optional.of(state == SystemState.OUTAGE ? since : now),
                provedAt,
                epoch,
                operationId,
                MeasuredTimes.NONE,
                settings,
                actions);
    }
}
