package org.standfest.topology.files.examples;

import org.standfest.topology.ClientAccess;
import org.standfest.topology.Contact;
import org.standfest.topology.ContactKind;
import org.standfest.topology.Customer;
import org.standfest.topology.DiskKind;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.MirroredSites;
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
import java.util.Locale;

/** S3: a provider holds everything twice, in two data centres with a witness at a third place. */
final class TwoDataCentres {

    private record Tenant(
            String name, int systems, int memoryGiB, int users, int rtoSeconds, int mtpdHours) {}

    private static final List<Tenant> TENANTS =
            List.of(
                    new Tenant("Stadtwerke Wesertal", 8, 24, 640, 60, 4),
                    new Tenant("Klinikum am Deister", 8, 32, 1800, 60, 2),
                    new Tenant("Handwerkskammer Leinebogen", 4, 16, 120, 120, 24),
                    new Tenant("Verlag Hansen & Lüders", 4, 16, 210, 120, 24));
    private static final int HOSTS_PER_SITE = 4;

    private final Draft draft =
            new Draft(
                    "Two mirrored data centres",
                    "Rechenhaus Weserbergland",
                    "Data and programs are held in both data centres at every moment; if one fails"
                        + " the other goes on within seconds with exactly the same data. Exercised"
                        + " every quarter, the emergency power every month.");
    private final Topology topology = draft.topology;
    private final List<Host> hosts = new ArrayList<>();

    static Topology build() {
        return new TwoDataCentres().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(2770);
        topology.setStaff(64);
        topology.setItStaff(41);
        topology.setAnnualGrowthPercent(8);
        draft.contact(
                "Emergency manager on duty",
                ContactKind.INTERNAL,
                "Emergency manager",
                "+49 69 90009 110",
                1);
        draft.contact(
                "Network operations", ContactKind.INTERNAL, "24 hours", "+49 69 90009 111", 2);
        draft.contact("Fire brigade", ContactKind.EMERGENCY, "Fire, smoke", "112", 0);
        draft.contact(
                "Generator service",
                ContactKind.MANUFACTURER,
                "Emergency power",
                "+49 40 66969 410",
                0);
        Site east =
                dataCentre(
                        "Data centre East",
                        "Industriestraße 4, 31785 Rechenhausen",
                        52.1062,
                        9.3891);
        Site west = dataCentre("Data centre West", "Am Bahnhof 31, 31840 Auetal", 52.1813, 9.2654);
        Site witness =
                draft.site(
                        SiteKind.PROVIDER,
                        "Witness at the exchange",
                        "Postgasse 2, 31812 Pyrmont",
                        51.9869,
                        9.2571,
                        0);
        draft.smallPower(witness, 500);
        Storage eastData = storage(east, "Mirror East");
        Storage westData = storage(west, "Mirror West");
        eastData.setMirroredWith(westData);
        westData.setMirroredWith(eastData);
        Network servers =
                draft.network("Servers", NetworkKind.SERVER, "198.51.100.0/24", 25_000, east, west);
        Network mirroring =
                draft.network(
                        "Mirroring", NetworkKind.STORAGE, "203.0.113.0/26", 100_000, east, west);
        for (int i = 0; i < HOSTS_PER_SITE; i++) {
            hosts.add(host(east, "east-" + (i + 1), eastData, servers, mirroring, 11 + i));
            hosts.add(host(west, "west-" + (i + 1), westData, servers, mirroring, 21 + i));
        }
        Link fibre = draft.link("Dark fibre north", LinkKind.FIBRE, east, west, 100_000, 0.1);
        draft.link("Dark fibre south", LinkKind.FIBRE, east, west, 100_000, 0.16)
                .setCarrier("Aue-Netz");
        draft.link("East to witness", LinkKind.LEASED_LINE, east, witness, 100, 4);
        draft.link("West to witness", LinkKind.LEASED_LINE, west, witness, 100, 4);
        MirroredSites mirror = mirror(east, west, witness, fibre);
        mirror.getStorages().addAll(List.of(eastData, westData));
        tenants(mirror, servers, eastData, westData);
        return topology;
    }

    private Site dataCentre(String name, String address, double north, double east) {
        Site site = draft.site(SiteKind.DATA_CENTRE, name, address, north, east, 6);
        draft.feed(site, PowerFeedKind.UTILITY, name + ": grid A", 60_000);
        draft.feed(site, PowerFeedKind.UTILITY, name + ": grid B", 60_000);
        draft.feed(site, PowerFeedKind.UPS, name + ": UPS A", 40_000);
        draft.feed(site, PowerFeedKind.UPS, name + ": UPS B", 40_000);
        draft.feed(site, PowerFeedKind.GENERATOR, name + ": generator", 80_000);
        return site;
    }

    private Storage storage(Site site, String name) {
        Storage storage =
                draft.add(site.getStorages(), Storage.class, Draft.MAKE.createStorage(), name);
        storage.setKind(StorageKind.MIRRORED);
        storage.setCapacityGiB(60_000);
        storage.setLatencyMicros(450);
        storage.setRaidLevel("RAID 6");
        storage.setFailureData(draft.failure("Storage array"));
        return storage;
    }

    private Host host(
            Site site,
            String name,
            Storage storage,
            Network servers,
            Network mirroring,
            int number) {
        Host host = draft.host(site, name, HypervisorKind.KVM, 64, 512, 2024);
        draft.make(host, "Supermicro", "AS-1125HS", "AMD EPYC 9354");
        host.getStorages().add(storage);
        draft.card(host, servers, "198.51.100." + number);
        draft.card(host, mirroring, "203.0.113." + number);
        return host;
    }

    private MirroredSites mirror(Site east, Site west, Site witness, Link fibre) {
        MirroredSites mirror =
                draft.add(
                        topology.getProtections(),
                        Protection.class,
                        Draft.MAKE.createMirroredSites(),
                        "East and West");
        mirror.setFirstSite(east);
        mirror.setSecondSite(west);
        mirror.setWitness(witness);
        mirror.setLink(fibre);
        mirror.setSynchronous(true);
        mirror.setAutomatic(true);
        mirror.setTakeoverSeconds(45);
        mirror.setCoverage(0.98);
        return mirror;
    }

    private void tenants(
            MirroredSites mirror, Network servers, Storage eastData, Storage westData) {
        LoadProfile office = draft.load("Office hours", 8, 40, 60, 6);
        LoadProfile always = draft.load("Around the clock", 30, 45, 55, 35);
        int number = 0;
        for (Tenant tenant : TENANTS) {
            Customer customer =
                    draft.add(
                            topology.getCustomers(),
                            Customer.class,
                            Draft.MAKE.createCustomer(),
                            tenant.name);
            customer.setContractNumber("RW-%04d".formatted(1000 + topology.getCustomers().size()));
            Contact contact =
                    draft.contact(
                            "Service desk " + tenant.name,
                            ContactKind.INTERNAL,
                            "Customer",
                            "+49 69 90009 " + (120 + topology.getCustomers().size()),
                            0);
            customer.setContact(contact);
            List<VirtualMachine> all = new ArrayList<>();
            for (int i = 1; i <= tenant.systems; i++, number++) {
                Host host = hosts.get(number % hosts.size());
                VirtualMachine guest =
                        draft.guest(
                                tenant.name.split("[ -]")[0].toLowerCase(Locale.ROOT) + "-" + i,
                                host,
                                8,
                                tenant.memoryGiB,
                                i % 2 == 0 ? "Debian 12" : "Windows Server 2022");
                draft.disk(guest, "system", DiskKind.NVME, 100, 40)
                        .setStorage(number % 2 == 0 ? eastData : westData);
                draft.disk(guest, "data", DiskKind.NVME, 800, 350)
                        .setStorage(number % 2 == 0 ? eastData : westData);
                draft.card(guest, servers, "198.51.100." + (50 + number));
                draft.works(guest, tenant.mtpdHours < 5 ? always : office, 800, 4000, 60);
                mirror.getWorkloads().add(guest);
                all.add(guest);
            }
            Service service =
                    draft.service(
                            tenant.name + ": all applications",
                            tenant.users,
                            tenant.rtoSeconds,
                            0,
                            tenant.mtpdHours * Draft.HOUR);
            service.setClientAccess(ClientAccess.VIRTUAL_ADDRESS);
            service.setAddress("198.51.100." + (200 + topology.getCustomers().size()));
            service.setTcpPort(443);
            service.setPositiveTest("https://" + service.getAddress() + "/health");
            draft.needs(service, all.toArray(VirtualMachine[]::new));
        }
    }
}
