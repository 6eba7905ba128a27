package org.standfest.analysis.capacity;

import org.standfest.topology.WeeklyLoad;
import org.standfest.topology.Workload;

import java.time.DayOfWeek;
import java.util.Arrays;

/**
 * A number of processor cores for every hour of a week, Monday 0:00 first, local time. Immutable.
 */
public final class Week {

    /** Hours of a week. */
    public static final int HOURS = WeeklyLoad.HOURS_PER_WEEK;

    /** Nothing at any hour. */
    public static final Week IDLE = new Week(new double[HOURS]);

    private final double[] cores;

    private Week(double[] cores) {
        this.cores = cores;
    }

    /** The same at every hour. */
    public static Week constant(double cores) {
        double[] all = new double[HOURS];
        Arrays.fill(all, cores);
        return new Week(all);
    }

    /**
     * What a system needs: its cores times its load profile. Without a profile, and for days that
     * the profile leaves out, all its cores are counted: what nobody has stated must not look free.
     */
    public static Week of(Workload workload) {
        WeeklyLoad load = WeeklyLoad.of(workload.getLoad());
        double[] cores = new double[HOURS];
        for (int hour = 0; hour < HOURS; hour++) {
            cores[hour] = workload.getCpuCores() * load.percentAt(hour) / 100.0;
        }
        return new Week(cores);
    }

    /**
     * Cores at an hour.
     *
     * @param hour 0 to 167
     */
    public double at(int hour) {
        return cores[hour];
    }

    /** Both together, hour by hour. */
    public Week plus(Week other) {
        double[] sum = cores.clone();
        for (int hour = 0; hour < HOURS; hour++) {
            sum[hour] += other.cores[hour];
        }
        return new Week(sum);
    }

    /** Every hour times a factor, at least 0. */
    public Week times(double factor) {
        return new Week(Arrays.stream(cores).map(value -> value * factor).toArray());
    }

    /** The first of the hours with the greatest need. */
    public int busiestHour() {
        int busiest = 0;
        for (int hour = 1; hour < HOURS; hour++) {
            if (cores[hour] > cores[busiest]) {
                busiest = hour;
            }
        }
        return busiest;
    }

    /** The day of an hour of the week. */
    public static DayOfWeek dayOf(int hour) {
        return DayOfWeek.of(hour / 24 + 1);
    }

    /** The greatest need of any hour. */
    public double peak() {
        return cores[busiestHour()];
    }

    /** The mean of all hours. */
    public double mean() {
        return Arrays.stream(cores).sum() / HOURS;
    }

    /** Whether no hour needs more than a number of cores; rounding is forgiven. */
    public boolean fitsInto(double limit) {
        return peak() <= limit + 1e-9;
    }
}
