package org.standfest.topology.files.examples;

import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.ClientAccess;
import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;

/** S2: two mail servers in two data centres, database copies between them, no load balancer. */
final class MailCluster {

    private final Draft draft =
            new Draft(
                    "Mail cluster",
                    "Landkreis Mittelaue",
                    "150,000 inhabitants, 500 staff, 10 % more mail a year. Quotas: on average 600"
                        + " MB more than before, up to 2 GB, special users two to five times that."
                        + " Pilot mailboxes move first, then waves in two days; old server and old"
                        + " names run beside until then.");
    private final Topology topology = draft.topology;
    private LoadProfile mail;
    private LoadProfile steady;

    static Topology build() {
        return new MailCluster().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(150_000);
        topology.setStaff(500);
        topology.setItStaff(9);
        topology.setAnnualGrowthPercent(10);
        draft.contact("Britta Ahrens", ContactKind.INTERNAL, "Head of IT", "+49 30 23125 210", 1);
        draft.contact("Ole Martens", ContactKind.INTERNAL, "Mail", "+49 30 23125 211", 2);
        draft.contact(
                "Mailhaus Consulting", ContactKind.PROVIDER, "Migration", "+49 89 99998 310", 3);
        mail = draft.load("Mail", 6, 35, 50, 5);
        steady = draft.load("Day and night", 10, 15, 20, 10);
        Site house =
                draft.site(
                        SiteKind.DATA_CENTRE,
                        "County hall data centre",
                        "Kreisstraße 1, 29525 Mittelaue",
                        52.9651,
                        10.5601,
                        430);
        Site annex =
                draft.site(
                        SiteKind.DATA_CENTRE,
                        "Annex data centre",
                        "Am Kanal 20, 29525 Mittelaue",
                        52.9702,
                        10.5742,
                        70);
        Site school =
                draft.site(
                        SiteKind.BRANCH,
                        "Vocational school",
                        "Schulweg 3, 29525 Mittelaue",
                        52.9588,
                        10.5489,
                        0);
        draft.smallPower(house, 3000);
        draft.smallPower(annex, 3000);
        draft.smallPower(school, 500);
        Network servers =
                draft.network(
                        "Servers",
                        NetworkKind.SERVER,
                        "192.0.2.0/24",
                        10_000,
                        house,
                        annex,
                        school);
        Network outside =
                draft.network(
                        "Perimeter", NetworkKind.CLIENT, "203.0.113.0/27", 1000, house, annex);
        draft.link("Fibre county hall to annex", LinkKind.FIBRE, house, annex, 10_000, 0.15);
        draft.link("Line to the school", LinkKind.LEASED_LINE, house, school, 100, 3);
        Host first = host(house, "virt-1", servers, 11);
        Host second = host(annex, "virt-2", servers, 12);
        PhysicalServer witness = draft.server(school, "witness-1", 4, 8, 2023);
        witness.setOperatingSystem("Windows Server 2022");
        draft.disk(witness, "system", DiskKind.SSD, 240, 30);
        draft.card(witness, servers, "192.0.2.13");
        services(first, second, servers, outside, witness);
        oldServer(house, servers);
        return topology;
    }

    private Host host(Site site, String name, Network servers, int number) {
        Host host = draft.host(site, name, HypervisorKind.VMWARE, 32, 256, 2025);
        draft.make(host, "Fujitsu", "PRIMERGY RX2540 M7", "Intel Xeon Gold 6430");
        for (int i = 1; i <= 8; i++) {
            draft.disk(host, "bay " + i, DiskKind.SSD, 1920, 0);
        }
        draft.card(host, servers, "192.0.2." + number);
        return host;
    }

    private void services(
            Host first, Host second, Network servers, Network outside, PhysicalServer witness) {
        List<VirtualMachine> mailboxes =
                List.of(
                        mailServer("mail-1", first, servers, 21),
                        mailServer("mail-2", second, servers, 22));
        List<VirtualMachine> gateways =
                List.of(
                        small("gateway-1", first, outside, "203.0.113.5"),
                        small("gateway-2", second, outside, "203.0.113.6"));
        List<VirtualMachine> directories =
                List.of(
                        small("directory-1", first, servers, "192.0.2.31"),
                        small("directory-2", second, servers, "192.0.2.32"));
        List<VirtualMachine> monitors =
                List.of(
                        small("monitoring-1", first, servers, "192.0.2.41"),
                        small("monitoring-2", second, servers, "192.0.2.43"));
        group("Monitoring", monitors, witness);
        VirtualMachine backup = small("backup-1", second, servers, "192.0.2.42");
        draft.disk(backup, "backups", DiskKind.HDD, 4000, 2200);
        group("Mail databases", mailboxes, witness);
        group("Gateways", gateways, witness);
        group("Directory", directories, witness);
        Service directory =
                draft.service(
                        "Directory and names",
                        500,
                        5 * Draft.MINUTE,
                        5 * Draft.MINUTE,
                        4 * Draft.HOUR);
        draft.needsSome(directory, 1, directories);
        Service exchange =
                draft.service(
                        "Mail and calendar", 500, 5 * Draft.MINUTE, Draft.MINUTE, 8 * Draft.HOUR);
        exchange.setClientAccess(ClientAccess.DNS_ROUND_ROBIN);
        exchange.setDnsName("mail.mittelaue.example");
        exchange.setTcpPort(443);
        exchange.setPositiveTest("https://mail.mittelaue.example/owa/healthcheck.htm");
        draft.needsSome(exchange, 1, mailboxes);
        draft.needs(exchange, directory);
        Service inbound =
                draft.service(
                        "Mail from and to outside",
                        500,
                        15 * Draft.MINUTE,
                        15 * Draft.MINUTE,
                        24 * Draft.HOUR);
        inbound.setClientAccess(ClientAccess.DNS_ROUND_ROBIN);
        inbound.setDnsName("mx.mittelaue.example");
        inbound.setTcpPort(25);
        draft.needsSome(inbound, 1, gateways);
        draft.needs(inbound, exchange);
        Service watching = draft.service("Monitoring", 9, Draft.HOUR, Draft.HOUR, 3 * Draft.DAY);
        draft.needsSome(watching, 1, monitors);
    }

    private VirtualMachine mailServer(String name, Host host, Network servers, int number) {
        VirtualMachine guest = draft.guest(name, host, 12, 96, "Windows Server 2022");
        draft.disk(guest, "system", DiskKind.SSD, 200, 90);
        draft.disk(guest, "databases", DiskKind.SSD, 2500, 900);
        draft.disk(guest, "logs", DiskKind.SSD, 400, 60);
        draft.card(guest, servers, "192.0.2." + number);
        draft.works(guest, mail, 900, 3600, 240);
        guest.setStartOrder(2);
        return guest;
    }

    private VirtualMachine small(String name, Host host, Network network, String address) {
        VirtualMachine guest =
                draft.guest(
                        name,
                        host,
                        2,
                        8,
                        name.startsWith("gateway") ? "Debian 12" : "Windows Server 2022");
        draft.disk(guest, "system", DiskKind.SSD, 100, 40);
        draft.card(guest, network, address);
        draft.works(guest, steady, 50, 200, 60);
        guest.setStartOrder(1);
        return guest;
    }

    private void group(String name, List<VirtualMachine> members, PhysicalServer witness) {
        AvailabilityGroup group =
                draft.add(
                        topology.getProtections(),
                        Protection.class,
                        Draft.MAKE.createAvailabilityGroup(),
                        name);
        group.getWorkloads().addAll(members);
        group.setCopies(2);
        group.setCopyLagSeconds(10);
        group.setAutomatic(true);
        group.setTakeoverSeconds(30);
        group.setCoverage(0.98);
        group.setWitness(witness);
        group.setNote("Maintenance in working hours: one member at a time.");
    }

    private void oldServer(Site house, Network servers) {
        PhysicalServer old = draft.server(house, "mail-old", 8, 48, 2020);
        old.setOperatingSystem("Windows Server 2016");
        old.setNote(
                "Runs beside the new servers until the last mailbox has moved, then it is switched"
                        + " off.");
        draft.disk(old, "system", DiskKind.HDD, 300, 120);
        draft.disk(old, "databases", DiskKind.HDD, 1200, 700);
        draft.card(old, servers, "192.0.2.20");
        draft.works(old, mail, 400, 1200, 420);
        draft.licence("Mail server with database copies, two servers", LicenceKind.THIRD_PARTY, 2);
    }
}
