package org.standfest.topology.files.examples;

import org.standfest.topology.ClientAccess;
import org.standfest.topology.ClusterManager;
import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.List;

/** S4: thirty servers, used to 30 percent each, became guests on six hosts used to 80 percent. */
final class XenConsolidation {

    private static final int HOSTS = 6;

    private final Draft draft =
            new Draft(
                    "Xen consolidation",
                    "Handelshaus Elbufer",
                    "Thirty servers used to about 30 % became guests on six hosts used to about 80"
                        + " %. In core hours guests spread; at night and at weekends they gather on"
                        + " few hosts. Hosts are upgraded one by one by live migration; the"
                        + " acceptance environment becomes production by moving its guests.");
    private final Topology topology = draft.topology;
    private final List<Host> hosts = new ArrayList<>();
    private Storage storage;
    private Network servers;
    private FailoverCluster cluster;
    private int placed;

    static Topology build() {
        return new XenConsolidation().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(40_000);
        topology.setStaff(350);
        topology.setItStaff(12);
        topology.setAnnualGrowthPercent(12);
        draft.contact("Mareike Voss", ContactKind.INTERNAL, "Operations", "+49 40 66969 510", 1);
        draft.contact(
                "Operations standby duty",
                ContactKind.INTERNAL,
                "Nights and weekends",
                "+49 40 66969 511",
                2);
        Site site =
                draft.site(
                        SiteKind.DATA_CENTRE,
                        "Warehouse data centre",
                        "Elbuferweg 88, 21079 Hamburg",
                        53.4701,
                        9.9764,
                        210);
        draft.feed(site, PowerFeedKind.UTILITY, "Grid", 20_000);
        draft.feed(site, PowerFeedKind.UPS, "UPS A", 8000);
        draft.feed(site, PowerFeedKind.UPS, "UPS B", 8000);
        draft.feed(site, PowerFeedKind.GENERATOR, "Diesel", 25_000);
        storage =
                draft.add(
                        site.getStorages(),
                        Storage.class,
                        Draft.MAKE.createStorage(),
                        "Shared array");
        storage.setKind(StorageKind.SHARED);
        storage.setCapacityGiB(30_000);
        storage.setLatencyMicros(600);
        storage.setRaidLevel("RAID 10");
        storage.setFailureData(draft.failure("Storage array"));
        servers = draft.network("Servers", NetworkKind.SERVER, "192.0.2.0/24", 25_000, site);
        Network heartbeat =
                draft.network("Heartbeat", NetworkKind.REPLICATION, "198.51.100.0/27", 1000, site);
        for (int i = 1; i <= HOSTS; i++) {
            // The pool takes hosts of any age: the first two are the oldest.
            Host host =
                    draft.host(site, "xen-" + i, HypervisorKind.XEN, 32, 256, i <= 2 ? 2021 : 2024);
            draft.make(
                    host,
                    "Dell",
                    i <= 2 ? "PowerEdge R6515" : "PowerEdge R6615",
                    i <= 2 ? "AMD EPYC 7502P" : "AMD EPYC 9334");
            host.getStorages().add(storage);
            draft.card(host, servers, "192.0.2." + (10 + i));
            draft.card(host, heartbeat, "198.51.100." + (10 + i));
            hosts.add(host);
        }
        cluster = cluster();
        guests();
        return topology;
    }

    private FailoverCluster cluster() {
        FailoverCluster made =
                draft.add(
                        topology.getProtections(),
                        Protection.class,
                        Draft.MAKE.createFailoverCluster(),
                        "Xen pool");
        made.setManager(ClusterManager.PACEMAKER);
        made.getHosts().addAll(hosts);
        made.getSharedStorages().add(storage);
        made.setMinimumHosts(5);
        made.setActiveActive(true);
        made.setLiveMigration(true);
        made.setAutomatic(true);
        made.setTakeoverSeconds(150);
        made.setCoverage(0.98);
        return made;
    }

    private void guests() {
        LoadProfile shop = draft.load("Shop", 20, 50, 60, 30);
        LoadProfile office = draft.load("Office hours", 5, 45, 60, 4);
        LoadProfile night = draft.load("Night runs", 55, 20, 25, 40);
        LoadProfile test = draft.load("Acceptance tests", 5, 30, 40, 2);
        List<VirtualMachine> web = row("web", 8, 8, 24, "Debian 12", shop, 100);
        List<VirtualMachine> databases = row("database", 4, 8, 64, "Debian 12", shop, 600);
        List<VirtualMachine> stock = row("stock", 4, 8, 32, "Rocky Linux 9", office, 200);
        List<VirtualMachine> office1 = row("office", 6, 6, 24, "Windows Server 2022", office, 150);
        List<VirtualMachine> batch = row("batch", 4, 8, 48, "Debian 12", night, 200);
        row("acceptance", 4, 6, 24, "Debian 12", test, 100);
        Service data = service("Databases", 350, 5, 8);
        draft.needsSome(data, 3, databases);
        Service store = service("Web shop", 40_000, 5, 4);
        store.setClientAccess(ClientAccess.LOAD_BALANCER);
        store.setDnsName("shop.elbufer.example");
        store.setTcpPort(443);
        store.setPositiveTest("https://shop.elbufer.example/health");
        draft.needsSome(store, 6, web);
        draft.needs(store, data);
        Service goods = service("Stock and shipping", 210, 10, 8);
        draft.needs(goods, stock.toArray(VirtualMachine[]::new));
        draft.needs(goods, data);
        Service desk = service("Office", 350, 15, 24);
        draft.needs(desk, office1.toArray(VirtualMachine[]::new));
        Service runs = service("Night runs", 12, 60, 48);
        draft.needs(runs, batch.toArray(VirtualMachine[]::new));
        draft.needs(runs, data);
    }

    private Service service(String name, int users, int rtoMinutes, int mtpdHours) {
        return draft.service(name, users, rtoMinutes * Draft.MINUTE, 0, mtpdHours * Draft.HOUR);
    }

    private List<VirtualMachine> row(
            String name,
            int count,
            int cores,
            int memoryGiB,
            String system,
            LoadProfile load,
            int dataGiB) {
        List<VirtualMachine> row = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Host host = hosts.get(placed++ % HOSTS);
            VirtualMachine guest = draft.guest(name + "-" + i, host, cores, memoryGiB, system);
            draft.disk(guest, "system", DiskKind.SSD, 60, 25).setStorage(storage);
            draft.disk(guest, "data", DiskKind.SSD, dataGiB * 2, dataGiB).setStorage(storage);
            draft.card(guest, servers, "192.0.2." + (30 + placed));
            draft.works(guest, load, 300, 1500, 45);
            cluster.getWorkloads().add(guest);
            row.add(guest);
        }
        return row;
    }
}
