package org.standfest.designer.ui.internal.bench;

import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.util.UUID;

/** Makes a topology with a number of nodes: sites of hosts in clusters, all linked to the first. */
final class LargeTopology {

    private static final int HOSTS_PER_SITE = 16;
    private static final int GUESTS_PER_HOST = 5;

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();
    private final int wanted;
    private int nodes;
    private long identities;

    private LargeTopology(int wanted) {
        this.wanted = wanted;
    }

    /**
     * The same for the same number.
     *
     * @param nodes sites, hosts, guests, servers, storages and networks together, about
     */
    static Topology of(int nodes) {
        return new LargeTopology(nodes).make();
    }

    private String identity() {
        return new UUID(0x4000L, 0x8000000000000000L | ++identities).toString();
    }

    private Topology make() {
        topology.setId(identity());
        topology.setName("Large");
        Site first = null;
        ImagePool pool = null;
        for (int number = 1; nodes < wanted; number++) {
            Site site = site(number);
            if (first == null) {
                first = site;
                site.setKind(SiteKind.HEADQUARTERS);
                pool = pool(site);
            } else {
                link(first, site);
            }
            fill(site, number, pool);
        }
        return topology;
    }

    private Site site(int number) {
        Site site = factory.createSite();
        site.setId(identity());
        site.setName("Site " + number);
        site.setKind(SiteKind.BRANCH);
        topology.getSites().add(site);
        nodes++;
        return site;
    }

    private ImagePool pool(Site site) {
        PhysicalServer standby = factory.createPhysicalServer();
        standby.setId(identity());
        standby.setName("standby");
        standby.setCpuCores(64);
        standby.setMemoryMiB(1 << 19);
        site.getServers().add(standby);
        ImagePool pool = factory.createImagePool();
        pool.setId(identity());
        pool.setName("images");
        pool.setStandby(standby);
        topology.getImagePools().add(pool);
        nodes++;
        return pool;
    }

    private void link(Site hub, Site site) {
        Link link = factory.createLink();
        link.setId(identity());
        link.setName("line " + site.getName());
        link.setFirstSite(hub);
        link.setSecondSite(site);
        link.setBandwidthMbps(200);
        link.setLatencyMillis(8);
        topology.getLinks().add(link);
    }

    private void fill(Site site, int number, ImagePool pool) {
        Storage storage = factory.createStorage();
        storage.setId(identity());
        storage.setName("storage-" + number);
        storage.setKind(StorageKind.SHARED);
        storage.setCapacityGiB(40_000);
        site.getStorages().add(storage);
        Network network = factory.createNetwork();
        network.setId(identity());
        network.setName("lan-" + number);
        network.setBandwidthMbps(10_000);
        network.getSites().add(site);
        topology.getNetworks().add(network);
        nodes += 2;
        FailoverCluster cluster = factory.createFailoverCluster();
        cluster.setId(identity());
        cluster.setName("cluster-" + number);
        VirtualMachine last = null;
        for (int i = 1; i <= HOSTS_PER_SITE && nodes < wanted; i++) {
            Host host = host(site, "host-" + number + "-" + i, storage);
            if (i <= 4) {
                cluster.getHosts().add(host);
            }
            for (int j = 1; j <= GUESTS_PER_HOST && nodes < wanted; j++) {
                last = guest(host, "vm-" + number + "-" + i + "-" + j);
            }
        }
        if (cluster.getHosts().size() > 1) {
            topology.getProtections().add(cluster);
        }
        if (last != null) {
            StandbyProtection protection = factory.createStandbyProtection();
            protection.setId(identity());
            protection.setName("images of " + last.getName());
            protection.setImagePool(pool);
            protection.setIntervalSeconds(900);
            protection.getWorkloads().add(last);
            topology.getProtections().add(protection);
        }
    }

    private Host host(Site site, String name, Storage storage) {
        Host host = factory.createHost();
        host.setId(identity());
        host.setName(name);
        host.setCpuCores(32);
        host.setMemoryMiB(1 << 17);
        host.getStorages().add(storage);
        site.getHosts().add(host);
        nodes++;
        return host;
    }

    private VirtualMachine guest(Host host, String name) {
        VirtualMachine guest = factory.createVirtualMachine();
        guest.setId(identity());
        guest.setName(name);
        guest.setCpuCores(4);
        guest.setMemoryMiB(1 << 14);
        topology.getVirtualMachines().add(guest);
        guest.setHost(host);
        nodes++;
        return guest;
    }
}
