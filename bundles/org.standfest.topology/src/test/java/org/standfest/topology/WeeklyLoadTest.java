package org.standfest.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WeeklyLoadTest {

    @Test
    void whatIsNotStatedCountsAsFullLoad() {
        assertEquals(100, WeeklyLoad.of(null).peakPercent());
        assertEquals(100.0, WeeklyLoad.of(null).averagePercent());
    }

    @Test
    void hoursCountFromMondayMidnight() {
        LoadProfile profile = TopologyFactory.eINSTANCE.createLoadProfile();
        LoadDay tuesday = TopologyFactory.eINSTANCE.createLoadDay();
        tuesday.setDay(Weekday.TUESDAY);
        for (int hour = 0; hour < 24; hour++) {
            tuesday.getPercentByHour().add(hour);
        }
        profile.getDays().add(tuesday);
        WeeklyLoad load = WeeklyLoad.of(profile);
        assertEquals(100, load.percentAt(23));
        assertEquals(0, load.percentAt(24));
        assertEquals(23, load.percentAt(47));
        assertEquals(100, load.percentAt(48));
    }
}
