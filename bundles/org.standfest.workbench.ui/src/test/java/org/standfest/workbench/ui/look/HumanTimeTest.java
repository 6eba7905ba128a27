package org.standfest.workbench.ui.look;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

class HumanTimeTest {

    private final HumanTime english = new HumanTime(Locale.ENGLISH, ZoneOffset.UTC);
    private final HumanTime german = new HumanTime(Locale.GERMAN, ZoneOffset.UTC);

    @Test
    void saysDurationsInAtMostTwoUnits() {
        assertEquals("45 s", english.duration(Duration.ofSeconds(45)));
        assertEquals("4 min 10 s", english.duration(Duration.ofSeconds(250)));
        assertEquals("12 minutes", english.duration(Duration.ofMinutes(12)));
        assertEquals("3 h 20 min", english.duration(Duration.ofMinutes(200)));
        assertEquals("1 day", english.duration(Duration.ofHours(25)));
        assertEquals("4 days", english.duration(Duration.ofDays(4)));
    }

    @Test
    void countsNegativeDurationsAsNothing() {
        assertEquals("0 s", english.duration(Duration.ofSeconds(-5)));
    }

    @Test
    void saysHowLongAgoInGerman() {
        assertEquals("gerade eben", german.ago(Duration.ofSeconds(3)));
        assertEquals("vor 12 Minuten", german.ago(Duration.ofMinutes(12)));
        assertEquals("vor 4 Tagen", german.ago(Duration.ofDays(4)));
    }

    @Test
    void namesTheDayOnlyWhenItIsNotToday() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        assertEquals("at 03:12", english.moment(Instant.parse("2026-11-22T03:12:00Z"), now));
        assertEquals(
                "gestern um 03:12 Uhr", german.moment(Instant.parse("2026-11-21T03:12:00Z"), now));
        assertEquals(
                "on Nov 1, 2026 at 03:12",
                english.moment(Instant.parse("2026-11-01T03:12:00Z"), now));
    }

    @Test
    void writesSizesWithBinaryUnits() {
        assertEquals("4.2\u00a0MiB", HumanSize.of(4_404_019, Locale.ENGLISH));
        assertEquals("40\u00a0GiB", HumanSize.of(40L << 30, Locale.GERMAN));
        assertEquals("\u2013", HumanSize.of(-1, Locale.GERMAN));
    }
}
