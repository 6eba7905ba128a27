package org.standfest.designer.ui.internal.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.capacity.CapacityAnalysis;
import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.analysis.reports.FigureText;
import org.standfest.designer.ui.internal.SmallTopology;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.Weekday;

import java.util.Locale;

class WeekChartTest {

    private final SmallTopology small = new SmallTopology();

    /** Half of the cores in each hour, all of them on Tuesday from ten to eleven. */
    private HostUse host() {
        LoadProfile profile = TopologyFactory.eINSTANCE.createLoadProfile();
        for (Weekday weekday : Weekday.values()) {
            LoadDay day = TopologyFactory.eINSTANCE.createLoadDay();
            day.setDay(weekday);
            for (int hour = 0; hour < 24; hour++) {
                boolean busy = weekday == Weekday.TUESDAY && hour == 10;
                day.getPercentByHour().add(busy ? 100 : 50);
            }
            profile.getDays().add(day);
        }
        small.topology.getLoadProfiles().add(profile);
        small.mail.setCpuCores(small.one.getCpuCores());
        small.mail.setLoad(profile);
        return CapacityAnalysis.uses(small.topology).getFirst();
    }

    @Test
    void saysInWordsWhenTheHostIsBusiest() {
        HostUse host = host();
        assertEquals(100, host.peakPercent());
        String english = new WeekChart(new FigureText(Locale.ENGLISH)).words(host);
        assertTrue(english.startsWith("one: 100\u00a0% in the busiest hour (Tuesday from 10:00)"));
        String german = new WeekChart(new FigureText(Locale.GERMAN)).words(host);
        assertTrue(german.startsWith("one: 100\u00a0% in der Spitzenstunde (Dienstag ab 10 Uhr)"));
    }
}
