package org.standfest.patterns.standard;

import org.standfest.patterns.Answers;
import org.standfest.patterns.Question;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Workload;

import java.util.List;
import java.util.Locale;

/** Hosts on one storage, one more than the load needs. */
final class SharedStoragePattern extends AbstractPattern {

    SharedStoragePattern() {
        super("shared-storage");
    }

    @Override
    List<Question> more(Locale locale) {
        return List.of(number(locale, "needed-hosts", 1, 31, 2));
    }

    @Override
    void draw(Workshop work, List<Workload> systems, Answers answers) {
        int needed = answers.number("needed-hosts", 2);
        Site site =
                work.sites().isEmpty()
                        ? work.site(SiteKind.DATA_CENTRE, "first-site")
                        : work.sites().getFirst();
        Storage storage = work.storage(site, StorageKind.SHARED, systems, "storage");
        systems.forEach(it -> it.getDisks().forEach(disk -> disk.setStorage(storage)));
        List<Host> hosts = work.hosts(needed + 1, List.of(site), systems);
        hosts.forEach(it -> work.enlarge(it, share(systems, needed)));
        Workshop.spread(systems, hosts);
        hosts.forEach(it -> it.getStorages().add(storage));
        work.network(NetworkKind.STORAGE, "storage-network", List.of(site), hosts);
        FailoverCluster cluster =
                work.add(
                        work.topology().getProtections(),
                        Workshop.MAKE.createFailoverCluster(),
                        "cluster");
        cluster.getHosts().addAll(hosts);
        cluster.getWorkloads().addAll(systems);
        cluster.getSharedStorages().add(storage);
        cluster.setManager(ClusterManager.PACEMAKER);
        cluster.setMinimumHosts(hosts.size() - 1);
        cluster.setActiveActive(true);
        cluster.setLiveMigration(true);
        cluster.setAutomatic(true);
        cluster.setTakeoverSeconds(180);
        cluster.setCoverage(0.98);
        if (hosts.size() == 2) {
            cluster.setWitness(work.witness());
        }
    }

    /** The largest systems that one of so many hosts has to carry, and one more. */
    private static List<Workload> share(List<Workload> systems, int hosts) {
        List<Workload> bySize =
                systems.stream()
                        .sorted(
                                java.util.Comparator.comparingInt(Workload::getMemoryMiB)
                                        .reversed())
                        .toList();
        return bySize.subList(0, Math.min(systems.size(), systems.size() / hosts + 2));
    }
}
