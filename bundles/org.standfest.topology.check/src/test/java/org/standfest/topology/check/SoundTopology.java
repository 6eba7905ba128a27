package org.standfest.topology.check;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.BackupPlan;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.Component;
import org.standfest.topology.ConsistencyGroup;
import org.standfest.topology.Contact;
import org.standfest.topology.Customer;
import org.standfest.topology.Dependency;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Link;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.MirroredSites;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Spare;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Weekday;
import org.standfest.topology.Workload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A small topology with one of everything and nothing wrong; tests break one thing at a time. */
final class SoundTopology {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;

    final Topology topology = named(MAKE.createTopology(), "Sound");
    final Contact contact = named(MAKE.createContact(), "Ada");
    final FailureData figures = named(MAKE.createFailureData(), "Server");
    final LoadProfile load = named(MAKE.createLoadProfile(), "Quiet");
    final Site house = site("House");
    final Site annex = site("Annex");
    final Site third = site("Third");
    final PowerFeed grid = feed(house, "grid", PowerFeedKind.UTILITY);
    final PowerFeed battery = feed(house, "battery", PowerFeedKind.UPS);
    final PowerFeed diesel = feed(house, "diesel", PowerFeedKind.GENERATOR);
    final Storage firstHalf = storage(house, "first half", StorageKind.MIRRORED);
    final Storage secondHalf = storage(annex, "second half", StorageKind.MIRRORED);
    final Storage shared = storage(house, "shared", StorageKind.SHARED);
    final Host first = host(house, "first", 11);
    final Host second = host(annex, "second", 12);
    final VirtualMachine app = guest("app", first, 21);
    final VirtualMachine base = guest("base", second, 22);
    final PhysicalServer mail = server(house, "mail", 31);
    final PhysicalServer files = server(house, "files", 32);
    final PhysicalServer standby = server(annex, "standby", 41);
    final Network servers = named(MAKE.createNetwork(), "servers");
    final Link line = link("line", house, annex);
    final Link open = link("open", annex, third);
    final MirrorPair pair = named(MAKE.createMirrorPair(), "pair");
    final FailoverCluster cluster = named(MAKE.createFailoverCluster(), "cluster");
    final AvailabilityGroup group = named(MAKE.createAvailabilityGroup(), "group");
    final MirroredSites mirror = named(MAKE.createMirroredSites(), "mirror");
    final StandbyProtection replication = named(MAKE.createStandbyProtection(), "replication");
    final ImagePool pool = named(MAKE.createImagePool(), "pool");
    final ConsistencyGroup together = named(MAKE.createConsistencyGroup(), "together");
    final SeparationGroup apart = named(MAKE.createSeparationGroup(), "apart");
    final SparePool spares = named(MAKE.createSparePool(), "spares");
    final Spare spare = named(MAKE.createSpare(), "spare");
    final BackupPlan backup = named(MAKE.createBackupPlan(), "backup");
    final Licence licence = named(MAKE.createLicence(), "base");
    final Customer customer = named(MAKE.createCustomer(), "customer");
    final Service web = service("web", ClientAccess.VIRTUAL_ADDRESS, app, base);
    final Service post = service("post", ClientAccess.DIRECT, mail, files);

    SoundTopology() {
        contact.setPhone("+49 30 23125 000");
        contact.setEscalation(1);
        topology.getContacts().add(contact);
        figures.setMtbfHours(100_000);
        figures.setMttrHours(8);
        figures.setSource("a book");
        topology.getFailureData().add(figures);
        topology.getLoadProfiles().add(load);
        topology.getCustomers().add(customer);
        for (Weekday weekday : Weekday.values()) {
            LoadDay day = MAKE.createLoadDay();
            day.setDay(weekday);
            for (int hour = 0; hour < 24; hour++) {
                day.getPercentByHour().add(10);
            }
            load.getDays().add(day);
        }
        battery.setAutonomySeconds(600);
        diesel.setStartupSeconds(15);
        firstHalf.setMirroredWith(secondHalf);
        secondHalf.setMirroredWith(firstHalf);
        servers.setAddresses("192.0.2.0/24");
        servers.getSites().addAll(List.of(house, annex));
        topology.getNetworks().add(servers);
        web.setAddress("192.0.2.100");
        replicate();
        protect();
        around();
    }

    private void protect() {
        for (Host host : List.of(first, second)) {
            host.getStorages().add(shared);
            cluster.getHosts().add(host);
        }
        cluster.getSharedStorages().add(shared);
        pair.setFirstHost(first);
        pair.setSecondHost(second);
        pair.setSyncNetwork(servers);
        mirror.setFirstSite(house);
        mirror.setSecondSite(annex);
        mirror.setLink(line);
        mirror.setSynchronous(true);
        group.setSynchronous(true);
        for (Protection protection : List.of(pair, cluster, group, mirror)) {
            protection.getWorkloads().addAll(List.of(app, base));
            protection.setAutomatic(true);
            protection.setWitness(third);
            protection.setTakeoverSeconds(60);
            topology.getProtections().add(protection);
        }
    }

    private void replicate() {
        pool.setStandby(standby);
        pool.setCapacityGiB(1000);
        topology.getImagePools().add(pool);
        replication.getWorkloads().addAll(List.of(mail, files));
        replication.setImagePool(pool);
        replication.setLink(line);
        replication.setIntervalSeconds(900);
        replication.setTakeoverSeconds(300);
        replication.setConsistencyGroup(together);
        replication
                .getActivations()
                .addAll(List.of(ActivationPlace.STANDBY, ActivationPlace.SPARE_SERVER));
        replication.setSparePool(spares);
        topology.getProtections().add(replication);
        together.getWorkloads().addAll(List.of(mail, files));
        topology.getConsistencyGroups().add(together);
    }

    private void around() {
        apart.getWorkloads().addAll(List.of(app, base));
        apart.setLevel(SeparationLevel.HOST);
        apart.setLegalBasis("the law");
        topology.getSeparationGroups().add(apart);
        spare.setCpuCores(8);
        spare.setMemoryMiB(64 * 1024);
        disk(spare, "system");
        spares.getSpares().add(spare);
        spares.setSite(house);
        spares.getWorkloads().addAll(List.of(mail, files));
        topology.getSparePools().add(spares);
        backup.getImagePools().add(pool);
        backup.setEncrypted(true);
        backup.setOffsiteSite(third);
        topology.getBackupPlans().add(backup);
        licence.setKind(LicenceKind.BASE);
        topology.getLicences().add(licence);
        licence("agent", LicenceKind.AGENT);
        licence("backup", LicenceKind.BACKUP_MODULE);
    }

    private void licence(String name, LicenceKind kind) {
        Licence more = named(MAKE.createLicence(), name);
        more.setKind(kind);
        topology.getLicences().add(more);
    }

    static <T extends Element> T named(T element, String name) {
        String path = element.eClass().getName() + "/" + name;
        element.setId(UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString());
        element.setName(name);
        return element;
    }

    private Site site(String name) {
        Site site = named(MAKE.createSite(), name);
        topology.getSites().add(site);
        return site;
    }

    private static PowerFeed feed(Site site, String name, PowerFeedKind kind) {
        PowerFeed feed = named(MAKE.createPowerFeed(), name);
        feed.setKind(kind);
        feed.setCapacityWatts(10_000);
        site.getPowerFeeds().add(feed);
        return feed;
    }

    private static Storage storage(Site site, String name, StorageKind kind) {
        Storage storage = named(MAKE.createStorage(), name);
        storage.setKind(kind);
        storage.setCapacityGiB(1000);
        site.getStorages().add(storage);
        return storage;
    }

    private Host host(Site site, String name, int number) {
        Host host = named(MAKE.createHost(), name);
        site.getHosts().add(host);
        host.setCpuCores(16);
        host.setMemoryMiB(64 * 1024);
        host.setReservedMemoryMiB(4096);
        host.setFailureData(figures);
        card(host, number);
        if (site == house) {
            host.setPowerWatts(300);
            host.getPowerFeeds().addAll(List.of(grid, battery));
        }
        return host;
    }

    private VirtualMachine guest(String name, Host host, int number) {
        VirtualMachine guest = named(MAKE.createVirtualMachine(), name);
        guest.setHost(host);
        topology.getVirtualMachines().add(guest);
        workload(guest, number);
        disk(guest, "system").setStorage(shared);
        return guest;
    }

    private PhysicalServer server(Site site, String name, int number) {
        PhysicalServer server = named(MAKE.createPhysicalServer(), name);
        site.getServers().add(server);
        server.setPurchasedYear(2024);
        server.setFailureData(figures);
        workload(server, number);
        disk(server, "system");
        return server;
    }

    private void workload(Workload workload, int number) {
        workload.setCpuCores(4);
        workload.setMemoryMiB(16 * 1024);
        workload.setLoad(load);
        workload.setChangedMiBPerHour(100);
        workload.setPeakChangedMiBPerHour(400);
        card(workload, number);
    }

    private Disk disk(Machine machine, String name) {
        Disk disk = named(MAKE.createDisk(), machine.getName() + " " + name);
        disk.setSizeGiB(200);
        disk.setUsedGiB(machine instanceof Spare ? 0 : 100);
        machine.getDisks().add(disk);
        return disk;
    }

    private void card(Machine machine, int number) {
        NetworkInterface card = named(MAKE.createNetworkInterface(), machine.getName() + " eth0");
        card.setAddress("192.0.2." + number);
        card.setMacAddress("52:54:00:00:00:" + number);
        machine.getInterfaces().add(card);
    }

    private Link link(String name, Site one, Site other) {
        Link link = named(MAKE.createLink(), name);
        link.setFirstSite(one);
        link.setSecondSite(other);
        link.setBandwidthMbps(100);
        link.setLatencyMillis(1);
        topology.getLinks().add(link);
        return link;
    }

    Service service(String name, ClientAccess access, Component... targets) {
        Service service = named(MAKE.createService(), name);
        service.setClientAccess(access);
        service.setRtoSeconds(600);
        service.setRpoSeconds(1800);
        service.setMtpdSeconds(3600);
        service.setOwner(contact);
        Dependency dependency = named(MAKE.createDependency(), name);
        dependency.getTargets().addAll(List.of(targets));
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }
}
