package org.standfest.replication.objectives;

import java.time.Duration;
import java.time.Instant;

/** Sessions for tests. */
final class HistoryOf {

    static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

    private HistoryOf() {}

    static SessionRecord session(Instant takenAt, long changed, long content, long wire) {
        return new SessionRecord(
                takenAt,
                takenAt.plusSeconds(20),
                takenAt,
                SessionRecord.Trigger.SCHEDULE,
                SessionRecord.Result.DONE,
                "p 1 =ä",
                "",
                false,
                1,
                100_000_000_000L,
                changed,
                content,
                wire);
    }

    static ChangeAlarm.Sample sample(
            Instant takenAt, Duration since, double share, double incompressibility) {
        long total = 100_000_000_000L;
        return new ChangeAlarm.Sample(
                takenAt, since, total, (long) (total * share), incompressibility);
    }
}
