package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ActivationPlace;
import org.standfest.topology.Link;
import org.standfest.topology.Protection;
import org.standfest.topology.Spare;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.List;
import java.util.function.Consumer;

/** Spare servers are there and large enough, and the promised ways back to life exist. */
public final class SpareRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.spare";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        topology.getSparePools().forEach(it -> pool(it, report));
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby) {
                activations(standby, report);
            }
        }
    }

    private static void pool(SparePool pool, Reporter report) {
        List<Spare> spares = pool.getSpares().stream().filter(it -> it.getCount() > 0).toList();
        if (spares.isEmpty()) {
            report.error(pool, "spare.empty");
            return;
        }
        for (Workload workload : Facts.real(pool.getWorkloads())) {
            if (spares.stream().noneMatch(it -> fits(it, workload))) {
                report.warning(workload, "spare.too-small", pool, workload.getMemoryMiB());
            }
        }
    }

    private static boolean fits(Spare spare, Workload workload) {
        long diskGiB = spare.getDisks().stream().mapToLong(it -> it.getSizeGiB()).sum();
        return spare.getMemoryMiB() >= workload.getMemoryMiB()
                && spare.getCpuCores() >= workload.getCpuCores()
                && diskGiB >= Facts.usedGiB(workload);
    }

    private static void activations(StandbyProtection protection, Reporter report) {
        List<ActivationPlace> places = protection.getActivations();
        if (places.isEmpty()) {
            report.warning(protection, "spare.no-activation");
        }
        if (places.contains(ActivationPlace.SPARE_SERVER)
                && !Facts.exists(protection.getSparePool())) {
            report.error(protection, "spare.no-pool");
        }
        Link link = protection.getLink();
        if (places.contains(ActivationPlace.OVER_VPN) && (!Facts.exists(link) || !link.isVpn())) {
            report.warning(protection, "spare.no-vpn");
        }
    }
}
