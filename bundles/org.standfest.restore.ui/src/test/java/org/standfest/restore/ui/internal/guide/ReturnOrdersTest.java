package org.standfest.restore.ui.internal.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.ReturnWindow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

class ReturnOrdersTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @Test
    void beginsAtOnceWithoutAWindow() {
        assertTrue(window(GuideState.Hour.NOW, "2026-11-18T12:00").isEmpty());
    }

    @Test
    void takesTheComingNightOrWhatIsLeftOfThisOne() {
        assertEquals(
                between("2026-11-18T22:00", "2026-11-19T05:00"),
                window(GuideState.Hour.TONIGHT, "2026-11-18T12:00"));
        assertEquals(
                between("2026-11-18T23:30", "2026-11-19T05:00"),
                window(GuideState.Hour.TONIGHT, "2026-11-18T23:30"));
        assertEquals(
                between("2026-11-19T04:00", "2026-11-19T05:00"),
                window(GuideState.Hour.TONIGHT, "2026-11-19T04:00"));
    }

    @Test
    void takesTheNextNightWhenTheRestOfThisOneIsTooShort() {
        assertEquals(
                between("2026-11-19T22:00", "2026-11-20T05:00"),
                window(GuideState.Hour.TONIGHT, "2026-11-19T04:30", Duration.ofHours(2)));
        assertEquals(
                between("2026-11-28T22:00", "2026-11-29T08:00"),
                window(GuideState.Hour.WEEKEND, "2026-11-22T07:00", Duration.ofHours(2)));
    }

    @Test
    void takesTheNightToSunday() {
        assertEquals(
                between("2026-11-21T22:00", "2026-11-22T08:00"),
                window(GuideState.Hour.WEEKEND, "2026-11-18T12:00"));
        assertEquals(
                between("2026-11-22T07:00", "2026-11-22T08:00"),
                window(GuideState.Hour.WEEKEND, "2026-11-22T07:00"));
        assertEquals(
                between("2026-11-28T22:00", "2026-11-29T08:00"),
                window(GuideState.Hour.WEEKEND, "2026-11-22T09:00"));
    }

    private static Optional<ReturnWindow> window(GuideState.Hour hour, String here) {
        return window(hour, here, Duration.ofMinutes(10));
    }

    private static Optional<ReturnWindow> window(
            GuideState.Hour hour, String here, Duration needed) {
        return ReturnOrders.window(hour, at(here), ZONE, needed);
    }

    private static Optional<ReturnWindow> between(String from, String until) {
        return Optional.of(new ReturnWindow(at(from), at(until)));
    }

    private static Instant at(String here) {
        return LocalDateTime.parse(here).atZone(ZONE).toInstant();
    }
}
