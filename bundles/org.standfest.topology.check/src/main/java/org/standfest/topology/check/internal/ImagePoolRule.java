package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.Customer;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Machine;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * An image pool holds its images, its standby carries what it promises to run, customers are apart.
 */
public final class ImagePoolRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.image-pool";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Map<ImagePool, Set<Workload>> members = members(topology);
        for (ImagePool pool : topology.getImagePools()) {
            Set<Workload> workloads = members.getOrDefault(pool, Set.of());
            if (workloads.isEmpty()) {
                report.hint(pool, "pool.unused");
            }
            size(pool, workloads, topology.getAnnualGrowthPercent(), report);
            standby(pool, workloads, report);
            customers(pool, workloads, report);
        }
        topology.getBackupPlans().forEach(it -> backup(it, report));
    }

    private static Map<ImagePool, Set<Workload>> members(Topology topology) {
        Map<ImagePool, Set<Workload>> members = new HashMap<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby) {
                members.computeIfAbsent(standby.getImagePool(), _ -> new LinkedHashSet<>())
                        .addAll(Facts.real(standby.getWorkloads()));
            }
        }
        return members;
    }

    private static void size(
            ImagePool pool, Set<Workload> workloads, double growthPercent, Reporter report) {
        long usedGiB = workloads.stream().mapToLong(Facts::usedGiB).sum();
        long nextYearGiB = Math.round(usedGiB * (1 + growthPercent / 100));
        if (usedGiB > pool.getCapacityGiB()) {
            report.error(pool, "pool.disk", usedGiB, pool.getCapacityGiB(), workloads.size());
        } else if (nextYearGiB > pool.getCapacityGiB()) {
            report.warning(pool, "pool.disk-next-year", nextYearGiB, pool.getCapacityGiB());
        }
    }

    private static void standby(ImagePool pool, Set<Workload> workloads, Reporter report) {
        Machine standby = pool.getStandby();
        if (!Facts.exists(standby)) {
            report.error(pool, "pool.no-standby");
            return;
        }
        int atOnce = pool.getParallelActivations();
        if (atOnce < 1) {
            report.error(pool, "pool.starts-nothing", standby);
        }
        long memoryMiB = largest(workloads, atOnce, Workload::getMemoryMiB);
        long freeMiB = Demand.memoryForGuestsMiB(standby);
        if (memoryMiB > freeMiB) {
            report.error(pool, "pool.memory", atOnce, memoryMiB, standby, freeMiB);
        }
        long cores = largest(workloads, atOnce, Workload::getCpuCores);
        if (cores > standby.getCpuCores()) {
            report.warning(pool, "pool.cpu", atOnce, cores, standby, standby.getCpuCores());
        }
    }

    private static long largest(Set<Workload> workloads, int count, ToIntFunction<Workload> size) {
        return workloads.stream()
                .map(size::applyAsInt)
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .mapToLong(Integer::longValue)
                .sum();
    }

    private static void customers(ImagePool pool, Set<Workload> workloads, Reporter report) {
        Set<Customer> customers = new LinkedHashSet<>();
        workloads.forEach(it -> customers.add(Facts.customer(it)));
        if (customers.size() > 1) {
            List<String> names =
                    customers.stream().map(it -> it == null ? "–" : Reporter.name(it)).toList();
            report.error(pool, "pool.customers", String.join(", ", names));
        }
    }

    private static void backup(BackupPlan plan, Reporter report) {
        if (Facts.real(plan.getImagePools()).isEmpty()) {
            report.error(plan, "backup.empty");
        }
        if (plan.getOffsiteSite() != null && !plan.isEncrypted()) {
            report.warning(plan, "backup.unencrypted");
        }
        if (plan.getRetainedVersions() < 1) {
            report.error(plan, "backup.no-versions");
        }
    }
}
