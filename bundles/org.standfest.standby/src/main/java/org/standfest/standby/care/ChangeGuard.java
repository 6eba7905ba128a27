package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.replication.objectives.ChangeAlarm;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Against extortion: judges every new point by what changed. On an alarm the last good points are
 * pinned, the new one and all that follow are suspect, and retention stops, until a person
 * acknowledges. Safe for any thread; one session of a system at a time.
 */
final class ChangeGuard {

    private static final String HOLDER = "alarm";
    private static final int PINNED = 3;

    private final ImagePool pool;
    private final AlarmBook alarms;
    private final Sessions sessions;
    private final CareJournal journal;
    private final ChangeAlarm judge = new ChangeAlarm();

    ChangeGuard(ImagePool pool, AlarmBook alarms, Sessions sessions, CareJournal journal) {
        this.pool = pool;
        this.alarms = alarms;
        this.sessions = sessions;
        this.journal = journal;
    }

    /** Judges the session that made the newest point; it is not in the history yet. */
    void judge(PooledSystem system, SessionRecord session) {
        List<PointStatus> points = pool.retention().points(system.id()).result().orElse(List.of());
        if (alarms.open(Alarm.Kind.CHANGES, system.id()).isPresent()) {
            suspect(system.id(), points, session, CareTexts.text(Locale.ENGLISH, "after-alarm"));
            return;
        }
        if (session.first()) {
            return;
        }
        List<ChangeAlarm.Sample> history = history(system.id(), points);
        Instant before =
                sessions.of(system.id())
                        .lastDone()
                        .map(SessionRecord::takenAt)
                        .orElse(session.startedAt());
        ChangeAlarm.Verdict verdict = judge.judge(history, ChangeAlarm.Sample.of(session, before));
        switch (verdict.level()) {
            case QUIET -> alarms.over(Alarm.Kind.ODD_CHANGES, system.id());
            case WATCH ->
                    alarms.raise(
                            Alarm.Kind.ODD_CHANGES, finding(Severity.WARNING, system, verdict));
            case ALARM -> alarm(system, verdict, points, session);
        }
    }

    private List<ChangeAlarm.Sample> history(String systemId, List<PointStatus> points) {
        Set<String> suspects =
                points.stream()
                        .filter(one -> one.suspicion().isPresent())
                        .map(one -> one.point().id())
                        .collect(Collectors.toSet());
        List<ChangeAlarm.Sample> samples = new ArrayList<>();
        Instant before = null;
        for (SessionRecord one : sessions.of(systemId).records()) {
            if (one.result() != SessionRecord.Result.DONE) {
                continue;
            }
            if (before != null && !one.first() && !suspects.contains(one.pointId())) {
                samples.add(ChangeAlarm.Sample.of(one, before));
            }
            before = one.takenAt();
        }
        return samples;
    }

    private static Finding finding(
            Severity severity, PooledSystem system, ChangeAlarm.Verdict verdict) {
        return new Finding(
                severity,
                system.id(),
                system.name(),
                verdict.reasons().getFirst().explanation(system.name()));
    }

    private void alarm(
            PooledSystem system,
            ChangeAlarm.Verdict verdict,
            List<PointStatus> points,
            SessionRecord session) {
        String id = system.id();
        String why =
                verdict.reasons().stream()
                        .map(one -> one.explanation(system.name()).happened(Locale.ENGLISH))
                        .collect(Collectors.joining(" "));
        // What protects comes first, the telling after: a crash in between repeats, and loses none.
        pool.retention().stop(id, HOLDER, cut(why));
        suspect(id, points, session, why);
        List<PointStatus> good =
                points.stream()
                        .filter(one -> !one.point().id().equals(session.pointId()))
                        .filter(one -> one.suspicion().isEmpty() && one.damagedBlocks() == 0)
                        .limit(PINNED)
                        .toList();
        good.forEach(one -> pool.retention().pin(id, one.point().number(), HOLDER, cut(why)));
        journal.write(
                "standby",
                id,
                "alarm.pinned",
                Map.of("points", good.stream().map(one -> one.point().number()).toList() + ""));
        alarms.raise(Alarm.Kind.CHANGES, finding(Severity.ERROR, system, verdict));
    }

    private void suspect(
            String systemId, List<PointStatus> points, SessionRecord session, String why) {
        points.stream()
                .filter(one -> one.point().id().equals(session.pointId()))
                .forEach(one -> pool.retention().suspect(systemId, one.point().number(), cut(why)));
    }

    private static String cut(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500);
    }

    /** A person has acknowledged: retention goes on. The pins stay until a person takes them. */
    Outcome<Void> acknowledged(String systemId) {
        return pool.retention()
                .points(systemId)
                .then(
                        points -> {
                            for (PointStatus one : points) {
                                if (one.suspicion().isPresent()) {
                                    pool.retention().clear(systemId, one.point().number());
                                }
                            }
                            return pool.retention().resume(systemId, HOLDER);
                        });
    }
}
