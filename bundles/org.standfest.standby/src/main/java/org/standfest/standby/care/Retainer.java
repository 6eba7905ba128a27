package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.PrunePlan;
import org.standfest.replication.objectives.Retention;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.PruneReport;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Applies rules of retention: decides with {@link Retention}, removes through the pool, which keeps
 * what must never go. Safe for any thread.
 */
final class Retainer {

    private final ImagePool pool;
    private final AlarmBook alarms;
    private final CareJournal journal;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;

    /**
     * @param zone whose days and weeks the rules mean
     */
    Retainer(
            ImagePool pool,
            AlarmBook alarms,
            CareJournal journal,
            InstantSource clock,
            Supplier<ZoneId> zone) {
        this.pool = pool;
        this.alarms = alarms;
        this.journal = journal;
        this.clock = clock;
        this.zone = zone;
    }

    /** Why nothing is removed from a system now; empty when the rules work. */
    static Optional<Explanation> stopped(AlarmBook alarms, String systemId) {
        return alarms.open(Alarm.Kind.CHANGES, systemId)
                .map(
                        alarm ->
                                CareTexts.explain(
                                        "care.retention-stopped",
                                        systemId,
                                        alarm.id(),
                                        alarm.raisedAt()));
    }

    /** What a rule would do. */
    Outcome<PrunePlan> plan(String systemId, String rule, Locale language) {
        return decide(systemId, rule)
                .map(
                        decision ->
                                new PrunePlan(
                                        systemId,
                                        decision.retention().toString(),
                                        true,
                                        decision.fates(language),
                                        decision.freedBytes()));
    }

    /** Does it, journal first; refused while an alarm has stopped the rules. */
    Outcome<PrunePlan> prune(
            String systemId, String rule, String who, Locale language, Progress progress) {
        Optional<Explanation> stopped = stopped(alarms, systemId);
        if (stopped.isPresent()) {
            return Outcome.refused(stopped.get());
        }
        return decide(systemId, rule)
                .then(
                        decision ->
                                decision.going() == 0
                                        ? Outcome.done(done(decision, Optional.empty(), language))
                                        : prune(decision, who, progress)
                                                .map(
                                                        report ->
                                                                done(
                                                                        decision,
                                                                        Optional.of(report),
                                                                        language)));
    }

    private Outcome<PruneReport> prune(Decision decision, String who, Progress progress) {
        Set<Long> keep =
                decision.points().stream()
                        .filter(one -> decision.verdict(one).stays())
                        .map(one -> one.point().number())
                        .collect(Collectors.toSet());
        return journal.write(
                        who,
                        decision.systemId(),
                        "prune.begun",
                        Map.of(
                                "retention",
                                decision.retention().toString(),
                                "going",
                                Long.toString(decision.going())))
                .then(_ -> pool.retention().prune(decision.systemId(), keep, progress))
                .map(
                        report -> {
                            journal.write(
                                    who,
                                    decision.systemId(),
                                    "prune.done",
                                    Map.of(
                                            "removed",
                                            report.removed().toString(),
                                            "freedBytes",
                                            Long.toString(report.freedBytes())));
                            return report;
                        });
    }

    private static PrunePlan done(
            Decision decision, Optional<PruneReport> report, Locale language) {
        List<Long> removed = report.map(PruneReport::removed).orElse(List.of());
        List<PrunePlan.Fate> fates =
                decision.points().stream()
                        .map(
                                one -> {
                                    long number = one.point().number();
                                    boolean gone = removed.contains(number);
                                    Optional<Explanation> kept =
                                            report.map(it -> it.protectedPoints().get(number));
                                    return new PrunePlan.Fate(
                                            number,
                                            one.point().takenAt(),
                                            !gone,
                                            kept.map(why -> why.happened(language))
                                                    .orElseGet(() -> decision.why(one, language)));
                                })
                        .toList();
        return new PrunePlan(
                decision.systemId(),
                decision.retention().toString(),
                false,
                fates,
                report.map(PruneReport::freedBytes).orElse(0L));
    }

    private Outcome<Decision> decide(String systemId, String rule) {
        return Retention.parse(rule)
                .then(
                        retention ->
                                pool.retention()
                                        .points(systemId)
                                        .map(points -> decide(systemId, retention, points)));
    }

    private Decision decide(String systemId, Retention retention, List<PointStatus> points) {
        List<Retention.Point> seen =
                points.stream()
                        .map(
                                one ->
                                        new Retention.Point(
                                                one.point().id(),
                                                one.point().takenAt(),
                                                one.suspicion().isEmpty()
                                                        && one.damagedBlocks() == 0,
                                                !one.pins().isEmpty(),
                                                one.lockedUntil()))
                        .toList();
        Map<String, Retention.Verdict> verdicts =
                retention.decide(seen, clock.instant(), zone.get()).stream()
                        .collect(Collectors.toMap(one -> one.point().id(), one -> one));
        return new Decision(systemId, retention, points, verdicts);
    }

    /** What a rule says about every point. */
    private record Decision(
            String systemId,
            Retention retention,
            List<PointStatus> points,
            Map<String, Retention.Verdict> verdicts) {

        Retention.Verdict verdict(PointStatus status) {
            return verdicts.get(status.point().id());
        }

        long going() {
            return points.stream().filter(one -> !verdict(one).stays()).count();
        }

        long freedBytes() {
            return points.stream()
                    .filter(one -> !verdict(one).stays())
                    .mapToLong(one -> Math.max(0, one.exclusiveBytes()))
                    .sum();
        }

        List<PrunePlan.Fate> fates(Locale language) {
            return points.stream()
                    .map(
                            one ->
                                    new PrunePlan.Fate(
                                            one.point().number(),
                                            one.point().takenAt(),
                                            verdict(one).stays(),
                                            why(one, language)))
                    .toList();
        }

        String why(PointStatus status, Locale language) {
            Retention.Verdict verdict = verdict(status);
            return verdict.stays()
                    ? verdict.reasons().stream()
                            .sorted()
                            .map(reason -> CareTexts.text(language, "keeps." + reason))
                            .collect(Collectors.joining(", "))
                    : CareTexts.text(language, "keeps.none");
        }
    }
}
