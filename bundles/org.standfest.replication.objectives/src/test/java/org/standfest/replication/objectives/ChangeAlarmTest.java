package org.standfest.replication.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.objectives.ChangeAlarm.Level;
import org.standfest.replication.objectives.ChangeAlarm.Sample;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The series are made after what file servers, databases and media stores do over months. */
class ChangeAlarmTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private final ChangeAlarm alarm = new ChangeAlarm();

    @Test
    void anOfficeServerRaisesNoAlarmInHalfAYear() {
        for (int seed = 0; seed < 6; seed++) {
            Map<Level, Integer> levels = levels(officeYear(new Random(seed), 183 * 24));
            assertEquals(0, levels.getOrDefault(Level.ALARM, 0), "seed " + seed);
            assertTrue(levels.getOrDefault(Level.WATCH, 0) <= 4, levels::toString);
        }
    }

    @Test
    void aMediaStoreRaisesNoAlarmAlthoughNothingCompresses() {
        Random random = new Random(1);
        List<Sample> series = new ArrayList<>();
        for (int day = 0; day < 180; day++) {
            double share = Math.min(0.15, 0.002 * Math.exp(random.nextGaussian()));
            series.add(at(day * 24, Duration.ofDays(1), share, 0.98));
        }
        assertEquals(0, levels(series).getOrDefault(Level.ALARM, 0));
    }

    @Test
    void encryptionOfThirtyPercentWithinAnHourRaisesTheAlarm() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Sample> before = officeYear(random, 24 * (10 + random.nextInt(60)));
            Sample attack = at(before.size(), HOUR, 0.3, 0.97 + 0.03 * random.nextDouble());
            assertEquals(Level.ALARM, alarm.judge(before, attack).level(), "seed " + seed);
            assertTrue(alarm.judge(before, attack).reasons().size() >= 2);
        }
    }

    @Test
    void encryptionThatTakesItsTimeRaisesTheAlarmBeforeAFifthIsLost() {
        Random random = new Random(8);
        List<Sample> series = officeYear(random, 24 * 40);
        double lost = 0;
        for (int hour = 0; hour < 48; hour++) {
            lost += 0.012;
            Sample sample = at(24 * 40 + hour, HOUR, 0.012, 0.96);
            if (alarm.judge(series, sample).level() == Level.ALARM) {
                break;
            }
            series.add(sample);
        }
        assertTrue(lost < 0.2, "lost " + lost);
    }

    @Test
    void encryptionOfAMediaStoreIsSeenByItsChangeAlone() {
        List<Sample> series = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            series.add(at(day * 24, Duration.ofDays(1), 0.002 + 0.0001 * (day % 7), 0.98));
        }
        Sample attack = at(60 * 24, Duration.ofDays(1), 0.5, 1);
        assertEquals(Level.ALARM, alarm.judge(series, attack).level());
    }

    @Test
    void aLongPauseIsNoJump() {
        List<Sample> series = new ArrayList<>();
        for (int hour = 0; hour < 400; hour++) {
            series.add(at(hour, HOUR, 0.002, 0.5));
        }
        Sample afterThreeWeeks = at(400 + 504, HOUR.multipliedBy(504), 0.5, 0.5);
        assertEquals(Level.QUIET, alarm.judge(series, afterThreeWeeks).level());
        Sample inAnHour = at(400, HOUR, 0.5, 0.5);
        assertEquals(Level.WATCH, alarm.judge(series, inAnHour).level());
    }

    @Test
    void withoutAHistoryItOnlyWatches() {
        assertEquals(Level.WATCH, alarm.judge(List.of(), at(1, HOUR, 0.9, 0.99)).level());
        assertEquals(Level.QUIET, alarm.judge(List.of(), at(1, HOUR, 0.9, 0.4)).level());
    }

    @Test
    void aRecordSaysHowIncompressibleItWas() {
        Instant at = HistoryOf.MONDAY;
        SessionRecord record = HistoryOf.session(at, 5_000_000, 4_000_000, 1_000_000);
        assertEquals(0.25, Sample.of(record, at.minusSeconds(9)).incompressibility());
        SessionRecord small = HistoryOf.session(at, 5000, 4000, 4000);
        assertTrue(Sample.of(small, at).incompressibility() < 0);
    }

    /** Days, nights, a weekly rebuild of a database, a monthly day of patches, packed archives. */
    private static List<Sample> officeYear(Random random, int hours) {
        List<Sample> series = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            ZonedDateTime local =
                    HistoryOf.MONDAY.plus(HOUR.multipliedBy(hour)).atZone(ZoneOffset.UTC);
            boolean office =
                    local.getHour() >= 8
                            && local.getHour() < 18
                            && local.getDayOfWeek().getValue() <= 5;
            double share = (office ? 0.002 : 0.0002) * Math.exp(0.8 * random.nextGaussian());
            double left = 0.45 + 0.1 * random.nextGaussian();
            if (local.getDayOfWeek() == DayOfWeek.SUNDAY && local.getHour() == 2) {
                share = 0.2 + 0.05 * random.nextDouble();
                left = 0.25;
            } else if (local.getDayOfMonth() == 14 && local.getHour() == 3) {
                share = 0.06 + 0.03 * random.nextDouble();
                left = 0.65;
            } else if (local.getHour() == 1 && local.getDayOfWeek() == DayOfWeek.SATURDAY) {
                share = 0.012;
                left = 0.99;
            }
            series.add(at(hour, HOUR, share, Math.clamp(left, 0.05, 1)));
        }
        return series;
    }

    private Map<Level, Integer> levels(List<Sample> series) {
        Map<Level, Integer> levels = new EnumMap<>(Level.class);
        for (int index = 0; index < series.size(); index++) {
            levels.merge(
                    alarm.judge(series.subList(0, index), series.get(index)).level(),
                    1,
                    Integer::sum);
        }
        return levels;
    }

    private static Sample at(int hour, Duration since, double share, double left) {
        return HistoryOf.sample(HistoryOf.MONDAY.plus(HOUR.multipliedBy(hour)), since, share, left);
    }
}
