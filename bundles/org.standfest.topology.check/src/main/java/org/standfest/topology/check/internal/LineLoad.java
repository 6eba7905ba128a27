package org.standfest.topology.check.internal;

import org.standfest.topology.Link;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashMap;
import java.util.Map;

/** What replication asks of each line, all protections that share it together. */
public final class LineLoad {

    private static final double BYTES_PER_MIB = 1 << 20;
    private static final double BITS_PER_BYTE = 8;
    private static final double BITS_PER_MEGABIT = 1_000_000;

    /** Of which rates by the hour are made. */
    public static final double SECONDS_PER_HOUR = 3600;

    private static final class Sum {
        private double averageMiBPerHour;
        private double peakMiBPerHour;
    }

    private final Map<Link, Sum> sums = new HashMap<>();

    /** Of all lines of a topology. */
    public LineLoad(Topology topology) {
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby
                    && Facts.exists(standby.getLink())) {
                Sum sum = sums.computeIfAbsent(standby.getLink(), _ -> new Sum());
                for (Workload workload : Facts.real(standby.getWorkloads())) {
                    sum.averageMiBPerHour += workload.getChangedMiBPerHour();
                    sum.peakMiBPerHour += peakMiBPerHour(workload);
                }
            }
        }
    }

    private static double peakMiBPerHour(Workload workload) {
        return Math.max(workload.getPeakChangedMiBPerHour(), workload.getChangedMiBPerHour());
    }

    /** What must go over a line in an average hour. */
    public double averageMiBPerHour(Link link) {
        Sum sum = sums.get(link);
        return sum == null ? 0 : sum.averageMiBPerHour;
    }

    /** What the narrower direction of a line leaves for replication; the way home needs it too. */
    public double narrowestMiBPerSecond(Link link) {
        double there = link.getBandwidthMbps();
        double back = link.getReverseBandwidthMbps() > 0 ? link.getReverseBandwidthMbps() : there;
        return Math.min(there, back)
                * link.getReplicationPercent()
                / 100
                * BITS_PER_MEGABIT
                / BITS_PER_BYTE
                / BYTES_PER_MIB;
    }

    /**
     * How old the newest complete copy is at worst: just before a replication ends that began one
     * interval after the last one, with all systems of the line changing as in their busiest hour.
     */
    public double worstAgeSeconds(StandbyProtection protection) {
        double interval = protection.getIntervalSeconds();
        Link link = protection.getLink();
        if (!Facts.exists(link)) {
            return interval;
        }
        double share = peakShare(link);
        // At full load the next replication finds more to send than the last one: it never catches
        // up.
        return share >= 1 ? Double.POSITIVE_INFINITY : interval + interval * share;
    }

    /** Which part of a line the busiest hour needs; infinite where it carries nothing. */
    public double peakShare(Link link) {
        double rate = narrowestMiBPerSecond(link);
        Sum sum = sums.get(link);
        return rate <= 0 || sum == null
                ? Double.POSITIVE_INFINITY
                : sum.peakMiBPerHour / SECONDS_PER_HOUR / rate;
    }
}
