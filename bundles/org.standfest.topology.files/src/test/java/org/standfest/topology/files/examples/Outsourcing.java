package org.standfest.topology.files.examples;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.Contact;
import org.standfest.topology.ContactKind;
import org.standfest.topology.Customer;
import org.standfest.topology.DiskKind;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.ImagePool;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;
import java.util.Locale;

/** S5.15: a provider protects many customers over the WAN, each with a standby of their own. */
final class Outsourcing {

    private record Client(
            String name, String town, double north, double east, int systems, double mbps) {}

    private static final List<Client> CLIENTS =
            List.of(
                    new Client("Autohaus Behrens", "21335 Lüneburg", 53.2464, 10.4115, 2, 20),
                    new Client("Kanzlei Wolff und Partner", "29221 Celle", 52.6226, 10.0815, 2, 50),
                    new Client(
                            "Molkerei Heidegrund", "29640 Schneverdingen", 53.1170, 9.7960, 4, 50),
                    new Client("Baustoffe Timm", "27283 Verden", 52.9234, 9.2350, 3, 20),
                    new Client("Zahnlabor Perl", "30159 Hannover", 52.3744, 9.7386, 1, 100),
                    new Client("Spedition Harms", "28195 Bremen", 53.0793, 8.8017, 3, 100));

    private final Draft draft =
            new Draft(
                    "Outsourcing",
                    "Notfallzentrum Nord",
                    "A provider keeps the images of six customers, each in a standby and a network"
                        + " of their own. After an outage it serves over the VPN, and restores onto"
                        + " new hardware that it brings along.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new Outsourcing().whole();
    }

    private Topology whole() {
        topology.setStaff(22);
        topology.setItStaff(18);
        topology.setAnnualGrowthPercent(10);
        draft.contact("Hotline", ContactKind.INTERNAL, "24 hours", "+49 40 66969 700", 1);
        draft.contact(
                "Restore team", ContactKind.INTERNAL, "Brings new hardware", "+49 40 66969 701", 2);
        Site centre =
                draft.site(
                        SiteKind.PROVIDER,
                        "Provider's data centre",
                        "Billhorner Deich 70, 20539 Hamburg",
                        53.5353,
                        10.0384,
                        22);
        draft.feed(centre, PowerFeedKind.UTILITY, "Grid", 20_000);
        draft.feed(centre, PowerFeedKind.UPS, "UPS A", 6000);
        draft.feed(centre, PowerFeedKind.UPS, "UPS B", 6000);
        draft.feed(centre, PowerFeedKind.GENERATOR, "Diesel", 20_000);
        Host[] hosts = new Host[3];
        Network management =
                draft.network(
                        "Provider's management",
                        NetworkKind.MANAGEMENT,
                        "203.0.113.0/28",
                        1000,
                        centre);
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = draft.host(centre, "cloud-" + (i + 1), HypervisorKind.KVM, 48, 256, 2024);
            draft.disk(hosts[i], "data", DiskKind.SSD, 16_000, 0);
            draft.card(hosts[i], management, "203.0.113." + (2 + i));
        }
        SparePool spares = standby.spares("New hardware in the van", 6, 3, 8, 64, 4000);
        spares.setSite(centre);
        LoadProfile office = draft.load("Office hours", 4, 35, 55, 4);
        LoadProfile quiet = draft.load("Replication", 20, 15, 20, 15);
        int primaries = 0;
        for (int i = 0; i < CLIENTS.size(); i++) {
            primaries += client(i, centre, hosts[i % hosts.length], spares, office, quiet);
        }
        draft.licence("Standby instances", LicenceKind.STANDBY_INSTANCE, CLIENTS.size());
        draft.licence("Primaries", LicenceKind.PRIMARY, primaries);
        return topology;
    }

    private int client(
            int i,
            Site centre,
            Host host,
            SparePool spares,
            LoadProfile office,
            LoadProfile quiet) {
        Client it = CLIENTS.get(i);
        Contact contact =
                draft.contact(
                        "Contact at " + it.name,
                        ContactKind.INTERNAL,
                        "Customer",
                        "+49 40 66969 " + (710 + i),
                        0);
        Customer customer =
                draft.add(
                        topology.getCustomers(),
                        Customer.class,
                        Draft.MAKE.createCustomer(),
                        it.name);
        customer.setContractNumber("NZN-%04d".formatted(2300 + i));
        customer.setContact(contact);
        Site site = draft.site(SiteKind.BRANCH, it.name, it.town, it.north, it.east, 12 + 9 * i);
        site.setCustomer(customer);
        draft.smallPower(site, 2000);
        // Every customer numbers alike; their networks never meet.
        Network network =
                draft.network(it.name + " network", NetworkKind.SERVER, "192.0.2.0/24", 1000, site);
        Network apart =
                draft.network(
                        it.name + " at the provider",
                        NetworkKind.REPLICATION,
                        "198.51.100." + 32 * i + "/27",
                        1000,
                        centre);
        Link line = draft.link(it.name + " line", LinkKind.INTERNET, site, centre, it.mbps, 11);
        VirtualMachine instance = draft.guest("standby-" + (i + 1), host, 16, 96, "Debian 12");
        draft.disk(instance, "pool", DiskKind.SSD, 4000, 1000);
        draft.card(instance, apart, "198.51.100." + (32 * i + 5));
        draft.works(instance, quiet, 0, 0, 40);
        ImagePool pool =
                standby.pool("Images of " + it.name, instance, 3600, 14, Math.min(2, it.systems));
        for (int n = 1; n <= it.systems; n++) {
            PhysicalServer server =
                    draft.server(
                            site,
                            it.name.split(" ")[0].toLowerCase(Locale.ROOT) + "-" + n,
                            8,
                            32,
                            2021 + (i + n) % 4);
            server.setOperatingSystem(n % 2 == 0 ? "Debian 12" : "Windows Server 2022");
            draft.disk(server, "system", DiskKind.SSD, 240, 60);
            draft.disk(server, "data", DiskKind.SSD, 1000, 200 + 50 * n);
            draft.card(server, network, "192.0.2." + (10 + n));
            draft.works(server, office, 200, 700, 180);
            spares.getWorkloads().add(server);
            StandbyProtection protection =
                    standby.protect(server.getName(), pool, 2 * Draft.HOUR, n, server);
            protection.setLink(line);
            protection.setSparePool(spares);
            protection.getActivations().set(0, ActivationPlace.OVER_VPN);
            protection.getActivations().add(ActivationPlace.SPARE_SERVER);
            draft.needs(
                    draft.service(
                            it.name + ": " + server.getName(),
                            8 + 4 * n,
                            30 * Draft.MINUTE,
                            4 * Draft.HOUR,
                            12 * Draft.HOUR),
                    server);
        }
        return it.systems;
    }
}
