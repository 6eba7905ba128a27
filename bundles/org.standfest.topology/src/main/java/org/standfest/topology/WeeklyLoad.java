package org.standfest.topology;

import java.util.Arrays;
import java.util.List;

/**
 * A load profile as numbers to calculate with: the processor use in percent for each of the 168
 * hours of a week, hour 0 being Monday 0:00 to 1:00 local time.
 *
 * <p>Taken from the model once; later changes of the model do not show. Immutable, safe for any
 * thread.
 */
public final class WeeklyLoad {

    /** Hours of a day. */
    public static final int HOURS_PER_DAY = 24;

    /** Hours of a week. */
    public static final int HOURS_PER_WEEK = 7 * HOURS_PER_DAY;

    private final int[] percentByHour;

    private WeeklyLoad(int[] percentByHour) {
        this.percentByHour = percentByHour;
    }

    /**
     * Reads a profile. Hours that it does not state count as 100 percent: what is unknown must not
     * look idle.
     *
     * @param profile the profile; {@code null} is a profile that states nothing
     */
    public static WeeklyLoad of(LoadProfile profile) {
        int[] percents = new int[HOURS_PER_WEEK];
        Arrays.fill(percents, 100);
        if (profile != null) {
            for (LoadDay day : profile.getDays()) {
                List<Integer> hours = day.getPercentByHour();
                int start = day.getDay().ordinal() * HOURS_PER_DAY;
                for (int hour = 0; hour < Math.min(HOURS_PER_DAY, hours.size()); hour++) {
                    percents[start + hour] = hours.get(hour);
                }
            }
        }
        return new WeeklyLoad(percents);
    }

    /**
     * The use in one hour.
     *
     * @param hourOfWeek 0 to 167
     */
    public int percentAt(int hourOfWeek) {
        return percentByHour[hourOfWeek];
    }

    /** The use in the busiest hour. */
    public int peakPercent() {
        return Arrays.stream(percentByHour).max().orElseThrow();
    }

    /** The use averaged over the week. */
    public double averagePercent() {
        return Arrays.stream(percentByHour).average().orElseThrow();
    }
}
