package org.standfest.analysis.capacity;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How full a topology's hosts are.
 *
 * @param hosts each host's use as things stand
 * @param losses what happens to the guests when hosts or sites are lost
 * @param growth when each host is full
 * @param annualGrowthPercent the growth that was assumed
 */
public record CapacityReport(
        List<HostUse> hosts, List<Loss> losses, List<Growth> growth, double annualGrowthPercent) {

    /** Takes copies. */
    public CapacityReport {
        hosts = List.copyOf(hosts);
        losses = List.copyOf(losses);
        growth = List.copyOf(growth);
    }

    /**
     * One host.
     *
     * @param hostId the element
     * @param name its name
     * @param cores it has
     * @param targetPercent of the cores that planning may use
     * @param load of its guests by hour
     * @param memoryMiB that guests can use
     * @param usedMemoryMiB by its guests
     * @param loadStated false when a guest has no load profile, so that all its cores are counted
     */
    public record HostUse(
            String hostId,
            String name,
            int cores,
            int targetPercent,
            Week load,
            long memoryMiB,
            long usedMemoryMiB,
            boolean loadStated) {

        /** Use of the cores in the busiest hour, in percent. */
        public double peakPercent() {
            return 100 * load.peak() / cores;
        }
    }

    /** What is lost at once. */
    public enum Scope {
        /** Any one host. */
        ONE_HOST,
        /** Any two hosts of the same cluster. */
        TWO_HOSTS,
        /** Everything of a site. */
        SITE
    }

    /**
     * A loss and its outcome for the guests that may start elsewhere.
     *
     * @param scope what kind of loss
     * @param lost ids of the hosts, or of the site
     * @param lostNames their names
     * @param guests how many guests ran there
     * @param verdict whether all that are protected find room
     * @param stranded ids of guests without room; best attempt where it is undecided
     * @param unprotected ids of guests that nothing would start elsewhere
     */
    public record Loss(
            Scope scope,
            List<String> lost,
            List<String> lostNames,
            int guests,
            Placement.Verdict verdict,
            List<String> stranded,
            List<String> unprotected) {
        /** Takes copies. */
        public Loss {
            lost = List.copyOf(lost);
            lostNames = List.copyOf(lostNames);
            stranded = List.copyOf(stranded);
            unprotected = List.copyOf(unprotected);
        }
    }

    /**
     * When a host is full.
     *
     * @param hostId the element
     * @param name its name
     * @param yearsToFullCores until the busiest hour reaches the target; empty when never
     * @param yearsToFullMemory until the memory is used up; empty when never
     */
    public record Growth(
            String hostId,
            String name,
            OptionalDouble yearsToFullCores,
            OptionalDouble yearsToFullMemory) {}
}
