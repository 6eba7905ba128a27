package org.standfest.replication.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.replication.objectives.Retention.Point;
import org.standfest.replication.objectives.Retention.Reason;
import org.standfest.replication.objectives.Retention.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

class RetentionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void keepsTheNewestOfEveryPeriod() {
        List<Point> points = new ArrayList<>();
        for (int hour = 0; hour < 24 * 60; hour++) {
            points.add(good(NOW.minus(Duration.ofHours(hour))));
        }
        Retention retention = Retention.parse("last 2, hourly 4, daily 3, monthly 2").orThrow();
        List<Point> kept = kept(retention.decide(points, NOW, BERLIN));
        assertEquals(
                List.of(
                        "2026-11-20T12:00:00Z",
                        "2026-11-20T11:00:00Z",
                        "2026-11-20T10:00:00Z",
                        "2026-11-20T09:00:00Z",
                        "2026-11-19T22:00:00Z",
                        "2026-11-18T22:00:00Z",
                        "2026-10-31T22:00:00Z"),
                kept.stream().map(point -> point.takenAt().toString()).toList());
    }

    @Test
    void neverRemovesTheLastGoodNorPinnedNorLockedOnes() {
        Point damaged = new Point("d", NOW, false, false, Optional.empty());
        Point oldDamaged = new Point("e", NOW.minusSeconds(999), false, false, Optional.empty());
        Point lastGood = good(NOW.minusSeconds(10));
        Point pinned = new Point("p", NOW.minusSeconds(20), true, true, Optional.empty());
        Point locked =
                new Point("l", NOW.minusSeconds(30), true, false, Optional.of(NOW.plusMillis(1)));
        Point over = new Point("o", NOW.minusSeconds(40), true, false, Optional.of(NOW));
        List<Verdict> verdicts =
                Retention.parse("daily 1")
                        .orThrow()
                        .decide(
                                List.of(over, locked, pinned, oldDamaged, lastGood, damaged),
                                NOW,
                                BERLIN);
        assertEquals(
                List.of(
                        Set.of(Reason.NEWER_THAN_GOOD),
                        Set.of(Reason.LAST_GOOD, Reason.DAILY),
                        Set.of(Reason.PINNED),
                        Set.of(Reason.LOCKED),
                        Set.of(),
                        Set.of()),
                verdicts.stream().map(Verdict::reasons).toList());
    }

    @Test
    void theHourThatAClockRepeatsCountsTwice() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        List<Verdict> verdicts =
                Retention.parse("hourly 2")
                        .orThrow()
                        .decide(List.of(good(first), good(first.plusSeconds(3600))), NOW, BERLIN);
        assertTrue(verdicts.stream().allMatch(Verdict::stays));
    }

    @Test
    void removingAtOnceOrAfterEveryPointLeavesTheSame() {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            Retention retention = any(random);
            List<Point> all = new ArrayList<>();
            List<Point> rolling = new ArrayList<>();
            Instant at = NOW;
            for (int index = 0; index < 150; index++) {
                at = at.plusSeconds(1 + random.nextInt(200_000));
                Point point =
                        new Point(
                                "p" + index,
                                at,
                                random.nextInt(20) > 0,
                                random.nextInt(30) == 0,
                                Optional.empty());
                all.add(point);
                rolling.add(point);
                rolling = new ArrayList<>(kept(retention.decide(rolling, at, BERLIN)));
                assertTrue(
                        all.stream().noneMatch(Point::good)
                                || rolling.stream().anyMatch(Point::good),
                        "a good point is left");
            }
            List<Point> atOnce = kept(retention.decide(all, at, BERLIN));
            Set<String> goodOnes =
                    atOnce.stream().filter(Point::good).map(Point::id).collect(Collectors.toSet());
            assertEquals(
                    goodOnes,
                    rolling.stream().filter(Point::good).map(Point::id).collect(Collectors.toSet()),
                    retention.toString());
            assertEquals(
                    newest(all),
                    rolling.stream()
                            .filter(Point::good)
                            .max(Comparator.comparing(Point::takenAt))
                            .map(Point::id));
            assertEquals(retention, Retention.parse(retention.toString()).orThrow());
        }
    }

    @Test
    void keepsEverythingWhenAskedTo() {
        List<Point> points = List.of(good(NOW), good(NOW.minusSeconds(9)));
        assertEquals(2, kept(Retention.ALL.decide(points, NOW, BERLIN)).size());
        assertEquals(Retention.ALL, Retention.parse(" ALL ").orThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "last", "last 0", "last 1, last 2", "ever 3", "last 1000000", "7"})
    void refusesWhatCouldRemoveTooMuch(String text) {
        assertTrue(Retention.parse(text).problem().isPresent());
    }

    private static Optional<String> newest(List<Point> points) {
        return points.stream()
                .filter(Point::good)
                .max(Comparator.comparing(Point::takenAt))
                .map(Point::id);
    }

    private static Retention any(Random random) {
        StringBuilder text = new StringBuilder("last " + (1 + random.nextInt(5)));
        for (String rule : List.of("hourly", "daily", "weekly", "monthly", "yearly")) {
            if (random.nextBoolean()) {
                text.append(", ").append(rule).append(' ').append(1 + random.nextInt(8));
            }
        }
        return Retention.parse(text.toString()).orThrow();
    }

    private static List<Point> kept(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict::stays).map(Verdict::point).toList();
    }

    private static Point good(Instant takenAt) {
        return new Point("g" + takenAt, takenAt, true, false, Optional.empty());
    }
}
