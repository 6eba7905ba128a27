package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Component;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.Protection;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Every protection protects something, and with something else than what may fail. */
public final class ProtectionRule implements TopologyRule {

    @Override
    public String id() {
        return "standfest.protection";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Facts facts = new Facts(topology);
        for (Protection protection : topology.getProtections()) {
            if (Facts.real(protection.getWorkloads()).isEmpty()) {
                report.error(protection, "protection.empty");
            }
            switch (protection) {
                case MirrorPair pair -> pair(pair, facts, report);
                case FailoverCluster cluster -> cluster(cluster, report);
                case AvailabilityGroup group -> group(group, report);
                case StandbyProtection standby -> standby(standby, report);
                case MirroredSites sites -> sites(sites, report);
                default -> throw new IllegalStateException(protection.eClass().getName());
            }
        }
    }

    private static void pair(MirrorPair pair, Facts facts, Reporter report) {
        Host first = pair.getFirstHost();
        Host second = pair.getSecondHost();
        if (!Facts.exists(first) || !Facts.exists(second)) {
            report.error(pair, "protection.no-target");
            return;
        }
        if (first == second) {
            report.error(pair, "protection.same-host", first);
            return;
        }
        if (first.getSite() == second.getSite() && !reachesOtherSite(pair, facts)) {
            report.warning(pair, "protection.same-site", first.getSite());
        }
        if (!Facts.exists(pair.getSyncNetwork())) {
            report.warning(pair, "protection.no-sync-network");
        }
        witness(pair, first.getSite(), second.getSite(), report);
    }

    /**
     * Whether everything in the pair is also kept elsewhere, so that losing the site is survived.
     */
    private static boolean reachesOtherSite(MirrorPair pair, Facts facts) {
        Site here = pair.getFirstHost().getSite();
        return Facts.real(pair.getWorkloads()).stream()
                .allMatch(
                        workload ->
                                facts.protectionsOf(workload).stream()
                                        .anyMatch(it -> isElsewhere(it, here)));
    }

    private static boolean isElsewhere(Protection protection, Site here) {
        return switch (protection) {
            case StandbyProtection standby when Facts.exists(standby.getImagePool()) ->
                    Facts.site(standby.getImagePool().getStandby()) != here;
            case MirroredSites _ -> true;
            default -> false;
        };
    }

    private static void cluster(FailoverCluster cluster, Reporter report) {
        List<Host> hosts = Facts.real(cluster.getHosts());
        if (hosts.size() < 2) {
            report.error(cluster, "protection.no-target");
            return;
        }
        if (cluster.getMinimumHosts() >= hosts.size()) {
            report.error(
                    cluster, "protection.no-spare-host", cluster.getMinimumHosts(), hosts.size());
        }
        for (Storage storage : Facts.real(cluster.getSharedStorages())) {
            for (Host host : hosts) {
                if (!host.getStorages().contains(storage)) {
                    report.error(host, "protection.storage-out-of-reach", storage, cluster);
                }
            }
        }
        if (hosts.size() == 2) {
            witness(cluster, hosts.get(0).getSite(), hosts.get(1).getSite(), report);
        }
    }

    private static void group(AvailabilityGroup group, Reporter report) {
        List<Workload> members = Facts.real(group.getWorkloads());
        if (members.size() < 2) {
            report.error(group, "protection.no-target");
            return;
        }
        Set<Machine> irons = new HashSet<>();
        Set<Site> sites = new HashSet<>();
        for (Workload member : members) {
            sites.add(Facts.site(member));
            if (!irons.add(Facts.iron(member))) {
                report.error(group, "protection.same-host", Facts.iron(member));
            }
        }
        if (group.getCopies() < 2 || group.getCopies() > members.size()) {
            report.error(group, "protection.copies", group.getCopies(), members.size());
        }
        if (members.size() == 2) {
            witness(group, Facts.site(members.get(0)), Facts.site(members.get(1)), report);
        }
        if (sites.size() == 1 && sites.iterator().next() != null) {
            report.hint(group, "protection.one-site", sites.iterator().next());
        }
    }

    private static void standby(StandbyProtection protection, Reporter report) {
        if (!Facts.exists(protection.getImagePool())) {
            report.error(protection, "protection.no-target");
            return;
        }
        Machine standby = protection.getImagePool().getStandby();
        if (!Facts.exists(standby)) {
            return;
        }
        for (Workload workload : Facts.real(protection.getWorkloads())) {
            if (Facts.iron(workload) == Facts.iron(standby)) {
                report.error(workload, "protection.standby-same-host", protection, standby);
            }
        }
    }

    private static void sites(MirroredSites sites, Reporter report) {
        if (!Facts.exists(sites.getFirstSite()) || !Facts.exists(sites.getSecondSite())) {
            report.error(sites, "protection.no-target");
        } else if (sites.getFirstSite() == sites.getSecondSite()) {
            report.error(sites, "protection.same-site-twice", sites.getFirstSite());
        } else {
            witness(sites, sites.getFirstSite(), sites.getSecondSite(), report);
        }
    }

    /** Two halves that act by themselves need a third that both can ask. */
    private static void witness(Protection protection, Site first, Site second, Reporter report) {
        if (!protection.isAutomatic()) {
            return;
        }
        Component witness = protection.getWitness();
        if (!Facts.exists(witness)) {
            report.warning(protection, "protection.no-witness");
        } else if (first != second && (site(witness) == first || site(witness) == second)) {
            report.warning(protection, "protection.witness-inside", witness, site(witness));
        }
    }

    private static Site site(Component component) {
        return switch (component) {
            case Site site -> site;
            case Machine machine -> Facts.site(machine);
            case Storage storage -> storage.getSite();
            case PowerFeed feed -> feed.getSite();
            default -> null;
        };
    }
}
