package org.standfest.replication.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;

class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void runsAtOnceThenAtItsInterval() {
        Schedule schedule = Schedule.parse("every 15 min").orThrow();
        Instant now = at("2026-01-05T10:00");
        assertEquals(Optional.of(now), due(schedule, null, now));
        assertEquals(
                Optional.of(now.plusSeconds(900)),
                due(schedule, now, now.plusSeconds(100)),
                "from start to start");
    }

    @Test
    void makesUpForMissedRunsOnce() {
        Schedule schedule = Schedule.parse("every 15 min").orThrow();
        Instant last = at("2026-01-05T10:00");
        Instant now = last.plus(Duration.ofDays(3));
        assertEquals(Optional.of(now), due(schedule, last, now));
        assertEquals(Optional.of(now.plusSeconds(900)), due(schedule, now, now));
    }

    @Test
    void keepsToItsHours() {
        Schedule schedule = Schedule.parse("every 1 h; only mon-fri 20-06 / sun").orThrow();
        assertEquals(
                Optional.of(at("2026-01-05T20:00")), due(schedule, null, at("2026-01-05T10:30")));
        Instant night = at("2026-01-06T03:30");
        assertEquals(Optional.of(night), due(schedule, null, night));
        assertEquals(
                Optional.of(at("2026-01-11T00:00")), due(schedule, null, at("2026-01-10T06:00")));
        assertEquals(
                Optional.of(at("2026-01-10T05:00")), due(schedule, null, at("2026-01-10T05:00")));
    }

    @Test
    void aClockPutBackDoesNotStopIt() {
        Schedule schedule = Schedule.parse("every 1 h").orThrow();
        Instant now = at("2026-01-05T10:00");
        Optional<Instant> due = due(schedule, now.plus(Duration.ofDays(400)), now);
        assertEquals(Optional.of(now.plusSeconds(3600)), due);
    }

    @Test
    void continuousBreathesBetweenTwoRuns() {
        Instant ended = at("2026-01-05T10:00");
        assertEquals(
                Optional.of(ended.plus(Schedule.BREATH)),
                Schedule.continuous()
                        .nextDue(
                                Optional.of(ended.minusSeconds(99)),
                                Optional.of(ended),
                                ended,
                                BERLIN));
    }

    @Test
    void knowsTimesOfDayAlsoWhereTheyAreSkipped() {
        Schedule schedule = Schedule.parse("at 02:30, 12:00").orThrow();
        Instant beforeJump = at("2026-03-29T01:10");
        assertEquals(
                Optional.of(Instant.parse("2026-03-29T01:30:00Z")),
                due(schedule, beforeJump, beforeJump));
        assertEquals(
                Optional.of(at("2026-03-29T12:00")),
                due(schedule, at("2026-03-29T03:30"), at("2026-03-29T03:30")));
        assertEquals(
                Optional.of(at("2026-03-30T09:00")),
                due(schedule, at("2026-03-29T12:00"), at("2026-03-30T09:00")),
                "the missed 02:30");
    }

    @Test
    void nothingIsDueWhilePausedOrByHand() {
        Instant now = at("2026-01-05T10:00");
        assertTrue(due(Schedule.MANUAL, null, now).isEmpty());
        assertTrue(due(Schedule.continuous().paused(true), null, now).isEmpty());
        assertTrue(due(Schedule.parse("every 5 s; paused").orThrow(), null, now).isEmpty());
    }

    @Test
    void isNeverDueBeforeNowNorOutsideItsHours() {
        Random random = new Random(3);
        for (int round = 0; round < 3000; round++) {
            Schedule schedule =
                    Schedule.parse(
                                    switch (random.nextInt(3)) {
                                                case 0 -> "every " + (1 + random.nextInt(9999));
                                                case 1 ->
                                                        "continuous after "
                                                                + (1 + random.nextInt(99));
                                                default ->
                                                        "at %02d:15".formatted(random.nextInt(24));
                                            }
                                            + "; only %s %02d-%02d"
                                                    .formatted(
                                                            random.nextBoolean() ? "daily" : "sun",
                                                            random.nextInt(24),
                                                            random.nextInt(25)))
                            .orThrow();
            Instant now = at("2026-03-27T00:00").plusSeconds(random.nextInt(7 * 86_400));
            Instant last = now.plusSeconds(random.nextInt(200_000) - 180_000);
            Instant due = due(schedule, last, now).orElseThrow();
            assertTrue(!due.isBefore(now), schedule::toString);
            assertTrue(schedule.window().contains(due, BERLIN), schedule::toString);
            assertEquals(schedule, Schedule.parse(schedule.toString()).orThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sometimes",
                "every",
                "every 0 s",
                "every 5 weeks",
                "every 5 min; every 6 min",
                "at",
                "at 25:00",
                "only mon",
                "every 5 min; only noon"
            })
    void refusesInWordsWhatItDoesNotUnderstand(String text) {
        assertTrue(Schedule.parse(text).problem().isPresent());
    }

    private static Optional<Instant> due(Schedule schedule, Instant last, Instant now) {
        return schedule.nextDue(Optional.ofNullable(last), Optional.ofNullable(last), now, BERLIN);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
