package org.standfest.analysis.availability;

import static org.standfest.analysis.availability.Infrastructure.exists;

import org.standfest.analysis.availability.ServiceObjectives.Quantiles;
import org.standfest.analysis.distributions.Course;
import org.standfest.analysis.distributions.Distribution;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.Link;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How old the data is when a copy has to be used (RPA). Replication at equal intervals T that needs
 * the time D to arrive: an outage at a random instant finds data between D and D + T old. D is the
 * changed data of an interval over the share of the line that replication may use; between the
 * average and the busiest hour it is taken as evenly spread. What is in step loses nothing. One
 * thread.
 */
final class DataLoss {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MEGABITS_PER_MIB = 8.388608;

    /** Inside a site, where no line is named. */
    private static final double LOCAL_MBPS = 1000;

    private static final double PERCENT = 100;
    private static final double MILLIS_PER_SECOND = 1000;

    /** What sums of some thousand cells are off by. */
    private static final double ROUNDING = 1e-11;

    private final Map<String, List<TakeoverResult>> demands = new HashMap<>();
    private final Map<Workload, List<Protection>> protections = new HashMap<>();
    private final Map<List<Double>, Course> courses = new HashMap<>();

    DataLoss(Topology topology, List<TakeoverResult> takeovers) {
        for (TakeoverResult it : takeovers) {
            demands.computeIfAbsent(it.protectionId(), _ -> new ArrayList<>()).add(it);
        }
        for (Protection protection : topology.getProtections()) {
            for (Workload workload : protection.getWorkloads()) {
                protections.computeIfAbsent(workload, _ -> new ArrayList<>()).add(protection);
            }
        }
    }

    /**
     * What one kind of takeover loses.
     *
     * @param demandsPerYear how often it is needed
     * @param course the age of the copy in seconds
     * @param mean its mean in seconds
     * @param endless the line is slower than the changes come
     */
    record Loss(double demandsPerYear, Course course, double mean, boolean endless) {
        double beyond(double seconds, boolean upper) {
            if (endless) {
                return 1;
            }
            Course.Bounds bounds = course.probabilityBeyond(seconds);
            double found =
                    upper
                            ? Math.max(bounds.low(), bounds.high())
                            : Math.min(bounds.low(), bounds.high());
            return found < ROUNDING ? 0 : Math.min(1, found);
        }
    }

    /** The losses of all systems that a service needs. */
    record Answer(List<Loss> losses, List<String> noCopy) {

        double demandsPerYear() {
            return losses.stream().mapToDouble(Loss::demandsPerYear).sum();
        }

        /** Probability, each time a copy is used, that it is older. */
        double beyond(double seconds, boolean upper) {
            double all = demandsPerYear();
            double sum = 0;
            for (Loss loss : losses) {
                double weight = all > 0 ? loss.demandsPerYear / all : 1.0 / losses.size();
                sum += weight * loss.beyond(seconds, upper);
            }
            return sum;
        }

        Quantiles quantiles() {
            double all = demandsPerYear();
            double mean = 0;
            for (Loss loss : losses) {
                mean += (all > 0 ? loss.demandsPerYear / all : 1.0 / losses.size()) * loss.mean;
            }
            return new Quantiles(
                    mean, quantile(0.5), quantile(0.9), quantile(0.95), quantile(0.99));
        }

        private double quantile(double probability) {
            double high = 1;
            while (beyond(high, true) > 1 - probability) {
                high *= 2;
                if (high > 1e12) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            double low = 0;
            for (int i = 0; i < 60; i++) {
                double middle = (low + high) / 2;
                if (beyond(middle, true) > 1 - probability) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return beyond(0, true) <= 1 - probability ? 0 : high;
        }
    }

    Answer of(Service service) {
        Set<Workload> needed = new LinkedHashSet<>();
        collect(service, needed, new HashSet<>());
        List<Loss> losses = new ArrayList<>();
        List<String> noCopy = new ArrayList<>();
        for (Workload workload : needed) {
            int before = losses.size();
            for (Protection protection : protections.getOrDefault(workload, List.of())) {
                add(protection, workload, losses);
            }
            if (losses.size() == before) {
                noCopy.add(workload.getName() == null ? "" : workload.getName());
            }
        }
        return new Answer(losses, noCopy);
    }

    private static void collect(Service service, Set<Workload> into, Set<Service> seen) {
        if (!seen.add(service)) {
            return;
        }
        for (Dependency dependency : service.getDependencies()) {
            for (Component target : dependency.getTargets()) {
                if (target instanceof Workload workload && exists(workload)) {
                    into.add(workload);
                } else if (target instanceof Service other && exists(other)) {
                    collect(other, into, seen);
                }
            }
        }
    }

    private void add(Protection protection, Workload workload, List<Loss> into) {
        double perYear = 0;
        for (TakeoverResult it : demands.getOrDefault(protection.getId(), List.of())) {
            boolean host =
                    workload instanceof VirtualMachine guest
                            && exists(guest.getHost())
                            && it.elementId().equals(guest.getHost().getId());
            if (host || it.elementId().equals(workload.getId())) {
                perYear += it.demandsPerYear();
            }
        }
        if (perYear == 0 && !(protection instanceof StandbyProtection)) {
            return;
        }
        switch (protection) {
            case StandbyProtection standby -> into.add(loss(standby, workload, perYear));
            case AvailabilityGroup group -> {
                double lag = group.isSynchronous() ? 0 : group.getCopyLagSeconds();
                into.add(new Loss(perYear, course(0, lag, lag), lag, false));
            }
            case MirroredSites sites -> into.add(loss(sites, perYear));
            default -> into.add(new Loss(perYear, course(0, 0, 0), 0, false));
        }
    }

    private Loss loss(StandbyProtection standby, Workload workload, double perYear) {
        double interval = standby.getIntervalSeconds();
        double rate = megabitsPerSecond(standby, workload);
        double hours = interval / SECONDS_PER_HOUR;
        double average = workload.getChangedMiBPerHour() * hours * MEGABITS_PER_MIB / rate;
        double peak = workload.getPeakChangedMiBPerHour() * hours * MEGABITS_PER_MIB / rate;
        boolean endless = average > interval || Double.isNaN(average);
        if (endless) {
            return new Loss(perYear, course(0, 0, 0), Double.POSITIVE_INFINITY, true);
        }
        double most = Math.max(average, peak);
        Course course = course(interval, average, most);
        return new Loss(perYear, course, interval / 2 + (average + most) / 2, false);
    }

    /**
     * Mirroring that does not wait for the other side ships changes as they come. It lags by the
     * line's delay while the line is faster than the changes, and by up to what the busiest hour
     * leaves over: (changes / line - 1) hours; in between it is taken as evenly spread.
     */
    private Loss loss(MirroredSites sites, double perYear) {
        if (sites.isSynchronous()) {
            return new Loss(perYear, course(0, 0, 0), 0, false);
        }
        double average = 0;
        double peak = 0;
        for (Workload workload : sites.getWorkloads()) {
            average += workload.getChangedMiBPerHour() * MEGABITS_PER_MIB;
            peak +=
                    Math.max(workload.getPeakChangedMiBPerHour(), workload.getChangedMiBPerHour())
                            * MEGABITS_PER_MIB;
        }
        Link link = sites.getLink();
        double delay = exists(link) ? link.getLatencyMillis() / MILLIS_PER_SECOND : 0;
        double perHour = SECONDS_PER_HOUR * rate(link, sites.getFirstSite());
        if (average > perHour || Double.isNaN(average / perHour)) {
            return new Loss(perYear, course(0, 0, 0), Double.POSITIVE_INFINITY, true);
        }
        double most = Math.max(delay, (peak / perHour - 1) * SECONDS_PER_HOUR);
        return new Loss(perYear, course(0, delay, most), (delay + most) / 2, false);
    }

    private static double megabitsPerSecond(StandbyProtection standby, Workload workload) {
        return rate(standby.getLink(), Infrastructure.siteOf(workload));
    }

    /** What replication may use of a line from one of its ends. */
    private static double rate(Link link, Site from) {
        if (!exists(link)) {
            return LOCAL_MBPS;
        }
        boolean back = from == link.getSecondSite() && link.getReverseBandwidthMbps() > 0;
        double rate = back ? link.getReverseBandwidthMbps() : link.getBandwidthMbps();
        return rate * link.getReplicationPercent() / PERCENT;
    }

    private Course course(double interval, double least, double most) {
        return courses.computeIfAbsent(
                List.of(interval, least, most),
                _ -> {
                    List<Distribution> steps = new ArrayList<>();
                    if (interval > 0) {
                        steps.add(new Distribution.Uniform(0, interval));
                    }
                    steps.add(
                            most > least
                                    ? new Distribution.Uniform(least, most)
                                    : new Distribution.Fixed(least));
                    return Course.of(steps, Math.max(1, (interval + most) * 1.01));
                });
    }
}
