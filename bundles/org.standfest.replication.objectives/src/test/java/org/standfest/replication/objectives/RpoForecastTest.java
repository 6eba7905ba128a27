package org.standfest.replication.objectives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.objectives.RpoForecast.Obstacle;
import org.standfest.replication.objectives.RpoForecast.Situation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RpoForecastTest {

    private static final Instant NOW = HistoryOf.MONDAY;
    private static final ZoneId UTC = ZoneOffset.UTC;

    @Test
    void isIntervalAndTransferWhereEverythingIsConstant() {
        // An hour's changes of 3.6 GB need 1800 s of a line of 2 MB/s: at the end of the next
        // session the newest point is 3600 + 1800 + 10 s old.
        RpoForecast forecast =
                forecast("every 1 h", RateCalendar.UNLIMITED, 2e6, constant(1e6), 0, 10);
        assertEquals(5410, forecast.reachableRpo().orElseThrow().toMillis() / 1e3, 1);
        assertTrue(forecast.keeps(new RpoObjective(Duration.ofHours(2))));
        assertTrue(forecast.against(new RpoObjective(Duration.ofHours(1)), "s").isPresent());
    }

    @Test
    void continuousRunsSettleWhereTransferEqualsChange() {
        // D = (o + D c / L + b) c has its fixed point at o + b over 1 - c / L.
        RpoForecast forecast =
                forecast("continuous after 5 s", RateCalendar.UNLIMITED, 2e6, constant(1e6), 0, 5);
        assertEquals(15 + 20, forecast.reachableRpo().orElseThrow().toMillis() / 1e3, 2);
    }

    @Test
    void closedHoursCountInFull() {
        RateCalendar nights = RateCalendar.parse("daily 08-18 closed").orThrow();
        RpoForecast forecast = forecast("every 1 h", nights, 10e6, constant(1e3), 0, 0);
        double hours = forecast.reachableRpo().orElseThrow().toMillis() / 3.6e6;
        assertTrue(hours >= 11 && hours < 11.1, "ten closed hours and the one before: " + hours);
        assertEquals(18, forecast.worstAt().orElseThrow().atZone(UTC).getHour());
    }

    @Test
    void tellsWhenTheBacklogIsDone() {
        RateCalendar half = RateCalendar.parse("daily 00-12 closed").orThrow();
        RpoForecast forecast =
                forecast("every 1 h", half, 1e6, ChangeProfile.NONE, 12 * 3_600_000_000L + 1, 0);
        Duration waits = Duration.between(NOW, forecast.backlogDoneAt().orElseThrow());
        assertEquals(36 * 3600, waits.toSeconds(), 1);
    }

    @Test
    void othersGoFirst() {
        Situation alone = situation("every 1 h", RateCalendar.UNLIMITED, 1e6, constant(1e5), 0, 0);
        Situation crowded =
                new Situation(
                        NOW,
                        UTC,
                        1e6,
                        RateCalendar.UNLIMITED,
                        alone.schedule(),
                        alone.change(),
                        500_000_000,
                        constant(5e5),
                        1_000_000_000,
                        Duration.ZERO);
        RpoForecast forecast = RpoForecast.of(crowded);
        Duration waits = Duration.between(NOW, forecast.backlogDoneAt().orElseThrow());
        assertEquals(3000, waits.toSeconds(), 1);
        assertTrue(
                forecast.reachableRpo()
                                .orElseThrow()
                                .compareTo(RpoForecast.of(alone).reachableRpo().orElseThrow())
                        > 0);
    }

    @Test
    void saysWhyThereIsNone() {
        assertEquals(
                Obstacle.LINE_TOO_SLOW,
                forecast("every 1 h", RateCalendar.UNLIMITED, 1e6, constant(1e6), 0, 0).obstacle());
        assertEquals(
                Obstacle.NOT_SCHEDULED,
                forecast("manual", RateCalendar.UNLIMITED, 1e6, constant(1), 0, 0).obstacle());
        RpoForecast beyond =
                forecast("every 1 h", RateCalendar.UNLIMITED, 10, constant(1), 1L << 40, 0);
        assertEquals(Obstacle.BEYOND_HORIZON, beyond.obstacle());
        assertFalse(beyond.keeps(new RpoObjective(Duration.ofDays(9))));
        assertTrue(beyond.against(new RpoObjective(Duration.ofDays(9)), "s").isPresent());
    }

    @Test
    void aFasterLineIsNeverWorse() {
        Random random = new Random(5);
        for (int round = 0; round < 12; round++) {
            double[] rates = new double[HoursOfWeek.HOURS];
            for (int hour = 0; hour < rates.length; hour++) {
                rates[hour] = random.nextInt(100_000);
            }
            ChangeProfile change = ChangeProfile.of(rates);
            double before = Double.MAX_VALUE;
            for (double line : new double[] {120_000, 250_000, 1e6, 1e8}) {
                RpoForecast forecast =
                        forecast("every 10 min", RateCalendar.UNLIMITED, line, change, 0, 3);
                double rpo = forecast.reachableRpo().orElseThrow().toMillis();
                assertTrue(rpo <= before + 1000, rpo + " after " + before);
                before = rpo;
            }
            assertTrue(before >= 600_000, "never below the interval: " + before);
        }
    }

    @Test
    void theProfileIsMeasuredByHourOfTheWeek() {
        List<SessionRecord> history = new ArrayList<>();
        for (int quarter = 0; quarter <= 4 * 24 * 14; quarter++) {
            Instant at = NOW.plusSeconds(900L * quarter);
            boolean busy = at.minusSeconds(1).atZone(UTC).getHour() == 9;
            history.add(HistoryOf.session(at, 0, 0, busy ? 900_000 : 9000));
        }
        ChangeProfile profile = ChangeProfile.measured(history, UTC);
        assertEquals(1000, profile.inHour(9), 1);
        assertEquals(10, profile.inHour(24 * 6 + 20), 0.1);
    }

    private static ChangeProfile constant(double rate) {
        return ChangeProfile.constant(rate);
    }

    private static RpoForecast forecast(
            String schedule,
            RateCalendar calendar,
            double line,
            ChangeProfile change,
            long backlog,
            int overheadSeconds) {
        return RpoForecast.of(
                situation(schedule, calendar, line, change, backlog, overheadSeconds));
    }

    private static Situation situation(
            String schedule,
            RateCalendar calendar,
            double line,
            ChangeProfile change,
            long backlog,
            int overheadSeconds) {
        return new Situation(
                NOW,
                UTC,
                line,
                calendar,
                Schedule.parse(schedule).orThrow(),
                change,
                backlog,
                ChangeProfile.NONE,
                0,
                Duration.ofSeconds(overheadSeconds));
    }
}
