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

class RateCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void readsOfficeHours() {
        RateCalendar calendar =
                RateCalendar.parse("mon-fri 08-18 2Mbit/s; otherwise unlimited").orThrow();
        assertEquals(250_000, calendar.at(at("2026-01-05T08:00"), BERLIN));
        assertEquals(250_000, calendar.at(at("2026-01-09T17:59:59"), BERLIN));
        assertEquals(Rates.UNLIMITED, calendar.at(at("2026-01-05T07:59:59"), BERLIN));
        assertEquals(Rates.UNLIMITED, calendar.at(at("2026-01-05T18:00"), BERLIN));
        assertEquals(Rates.UNLIMITED, calendar.at(at("2026-01-10T12:00"), BERLIN));
        assertEquals(
                Optional.of(at("2026-01-12T08:00")),
                calendar.nextChange(at("2026-01-09T18:00"), BERLIN));
    }

    @Test
    void ofTwoLimitsTheLowerCountsInEachHour() {
        RateCalendar line = RateCalendar.parse("daily 08-18 2 MB/s; otherwise 9 MB/s").orThrow();
        RateCalendar own = RateCalendar.parse("daily 12-20 1 MB/s").orThrow();
        RateCalendar both = line.least(own);
        assertEquals(
                RateCalendar.parse("daily 12-20 1 MB/s; daily 08-12 2 MB/s; otherwise 9 MB/s")
                        .orThrow(),
                both);
        assertEquals(both, own.least(line));
    }

    @Test
    void theFirstRuleThatFitsCountsAndNightsGoPastMidnight() {
        RateCalendar calendar =
                RateCalendar.parse("sun 22-06 closed; daily 22-06 1 MB/s; otherwise 8 kbit/s")
                        .orThrow();
        assertEquals(0, calendar.at(at("2026-01-11T23:00"), BERLIN));
        assertEquals(0, calendar.at(at("2026-01-12T05:30"), BERLIN));
        assertEquals(1_000_000, calendar.at(at("2026-01-13T05:30"), BERLIN));
        assertEquals(1000, calendar.at(at("2026-01-13T06:00"), BERLIN));
    }

    @Test
    void hoursFollowTheLocalClockOverItsJumps() {
        RateCalendar calendar = RateCalendar.parse("sun 02-03 closed; otherwise 1 MB/s").orThrow();
        // 29 March 2026: 02:00 does not happen; 25 October: it happens twice.
        Instant spring = at("2026-03-29T01:00");
        assertEquals(
                3600e6 * 2,
                calendar.bytesBetween(spring, spring.plusSeconds(7200), BERLIN, 1e6),
                1);
        Instant autumn = at("2026-10-25T01:00");
        assertEquals(
                2 * 3600e6,
                calendar.bytesBetween(autumn, autumn.plusSeconds(4 * 3600), BERLIN, 1e6),
                1);
        assertEquals(Optional.of(autumn.plusSeconds(3600)), calendar.nextChange(autumn, BERLIN));
        assertEquals(
                Optional.of(autumn.plusSeconds(3 * 3600)),
                calendar.nextChange(autumn.plusSeconds(3600), BERLIN));
    }

    @Test
    void stepsOverHalfHourClockJumpsWithoutLosingTime() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        Instant from = Instant.parse("2026-04-04T00:00:00Z");
        Instant end = from.plus(Duration.ofDays(3));
        double line = 1000;
        assertEquals(
                Duration.ofDays(3).toSeconds() * line,
                RateCalendar.UNLIMITED.bytesBetween(from, end, lordHowe, line),
                0.1);
    }

    @Test
    void whatItWritesItReadsBack() {
        Random random = new Random(7);
        long[] limits = {0, 1, 999, 125_000, 250_000, 1_000_000, Rates.UNLIMITED, Rates.HIGHEST};
        for (int round = 0; round < 500; round++) {
            long[] hours = new long[HoursOfWeek.HOURS];
            int distinct = 1 + random.nextInt(limits.length);
            for (int hour = 0; hour < hours.length; hour++) {
                boolean same = hour > 0 && random.nextInt(10) < 8;
                hours[hour] = same ? hours[hour - 1] : limits[random.nextInt(distinct)];
            }
            RateCalendar calendar = RateCalendar.of(hours);
            assertEquals(calendar, RateCalendar.parse(calendar.toString()).orThrow());
        }
        assertEquals(RateCalendar.UNLIMITED, RateCalendar.parse("").orThrow());
        assertEquals(
                "mon-fri 08-18 2 Mbit/s; otherwise unlimited",
                RateCalendar.parse("MON-FRI 08:00-18:00  2mbit/s;").orThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mon-fri",
                "mon-fri 08-18",
                "mon-xyz 08-18 2 Mbit/s",
                "mon 08-25 2 Mbit/s",
                "mon 08-18 2 Mbit",
                "mon 08-18 -2 Mbit/s",
                "mon 08-18 2 Tbit/s",
                "otherwise",
                "otherwise 2 Mbit/s; mon 08-18 1 Mbit/s",
                "someday 1 Mbit/s",
                "mon 08-18 0.5 bit/s",
                "mon 08-18 99999999 Mbit/s"
            })
    void refusesInWordsWhatItDoesNotUnderstand(String text) {
        assertTrue(RateCalendar.parse(text).problem().isPresent());
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
