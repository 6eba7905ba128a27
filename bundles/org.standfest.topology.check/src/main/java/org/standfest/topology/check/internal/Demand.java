package org.standfest.topology.check.internal;

import org.standfest.topology.Host;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Machine;
import org.standfest.topology.WeeklyLoad;
import org.standfest.topology.Workload;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a number of systems need together.
 *
 * @param memoryMiB the sum of their memory
 * @param busyCores the cores that are busy in the hour in which they are busiest together
 * @param busiestHourOfWeek that hour, 0 to 167
 */
public record Demand(long memoryMiB, double busyCores, int busiestHourOfWeek) {

    /** Of systems. */
    public static Demand of(Collection<? extends Workload> workloads) {
        long memoryMiB = 0;
        double[] cores = new double[WeeklyLoad.HOURS_PER_WEEK];
        Map<LoadProfile, WeeklyLoad> profiles = new HashMap<>();
        for (Workload workload : workloads) {
            memoryMiB += workload.getMemoryMiB();
            WeeklyLoad load = profiles.computeIfAbsent(workload.getLoad(), WeeklyLoad::of);
            for (int hour = 0; hour < cores.length; hour++) {
                cores[hour] += workload.getCpuCores() * load.percentAt(hour) / 100.0;
            }
        }
        int busiest = 0;
        for (int hour = 1; hour < cores.length; hour++) {
            if (cores[hour] > cores[busiest]) {
                busiest = hour;
            }
        }
        return new Demand(memoryMiB, cores[busiest], busiest);
    }

    /** The share of a number of cores that is busy in the busiest hour. */
    int percentOf(int cores) {
        return (int) Math.ceil(busyCores * 100 / Math.max(1, cores));
    }

    /** The day of the busiest hour; Monday is 1. */
    int busiestDay() {
        return busiestHourOfWeek / WeeklyLoad.HOURS_PER_DAY + 1;
    }

    /** The hour of that day, 0 to 23. */
    int busiestHour() {
        return busiestHourOfWeek % WeeklyLoad.HOURS_PER_DAY;
    }

    /** What a machine's memory leaves for guests. */
    public static long memoryForGuestsMiB(Machine machine) {
        return machine.getMemoryMiB()
                - (machine instanceof Host host ? (long) host.getReservedMemoryMiB() : 0L);
    }
}
