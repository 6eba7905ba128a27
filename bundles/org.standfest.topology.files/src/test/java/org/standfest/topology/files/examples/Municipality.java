package org.standfest.topology.files.examples;

import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;
import java.util.Locale;

/** S1: two standard servers in step carry the ten applications of a municipality. */
final class Municipality {

    private record Application(
            String name,
            int cores,
            int memoryGiB,
            int usedGiB,
            int users,
            int rtoMinutes,
            int mtpdHours) {}

    private static final List<Application> APPLICATIONS =
            List.of(
                    new Application("Civil register", 4, 12, 120, 9, 10, 8),
                    new Application("Registry office", 2, 8, 60, 3, 10, 24),
                    new Application("Finance", 4, 16, 180, 14, 15, 48),
                    new Application("Social services", 2, 8, 70, 6, 15, 24),
                    new Application("Trade office", 2, 6, 40, 3, 30, 72),
                    new Application("Documents", 4, 12, 600, 48, 15, 48),
                    new Application("Mail and calendar", 4, 16, 300, 52, 10, 24),
                    new Application("Files and printing", 2, 8, 900, 52, 10, 24),
                    new Application("Maps and land", 4, 12, 350, 8, 30, 72),
                    new Application("Elections", 2, 6, 20, 5, 30, 72));

    private final Draft draft =
            new Draft(
                    "Municipality",
                    "Gemeinde Hohenfelde an der Aue",
                    "13,000 inhabitants. Two standard servers in step in two buildings; when one"
                            + " fails the other goes on by itself. Servers that the law keeps apart"
                            + " became virtual machines with an operating system each.");
    private final Topology topology = draft.topology;

    static Topology build() {
        return new Municipality().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(13_000);
        topology.setStaff(52);
        topology.setItStaff(2);
        topology.setAnnualGrowthPercent(5);
        contacts();
        Site hall =
                draft.site(
                        SiteKind.HEADQUARTERS,
                        "Town hall",
                        "Markt 1, 24358 Hohenfelde",
                        54.3681,
                        9.6982,
                        44);
        Site depot =
                draft.site(
                        SiteKind.BRANCH,
                        "Depot",
                        "Am Bauhof 7, 24358 Hohenfelde",
                        54.3657,
                        9.7043,
                        8);
        Site station =
                draft.site(
                        SiteKind.BRANCH,
                        "Fire station",
                        "Feldweg 12, 24358 Hohenfelde",
                        54.3702,
                        9.6921,
                        0);
        draft.smallPower(hall, 2000);
        draft.smallPower(depot, 2000);
        draft.smallPower(station, 500);
        Network clients =
                draft.network(
                        "House network",
                        NetworkKind.CLIENT,
                        "192.0.2.0/24",
                        1000,
                        hall,
                        depot,
                        station);
        Network sync =
                draft.network(
                        "Mirroring",
                        NetworkKind.REPLICATION,
                        "198.51.100.0/26",
                        10_000,
                        hall,
                        depot);
        draft.link("Fibre town hall to depot", LinkKind.FIBRE, hall, depot, 10_000, 0.1);
        draft.link("Line to the fire station", LinkKind.INTERNET, hall, station, 50, 12);
        Host first = pairHost(hall, "avance-1", clients, sync, 11);
        Host second = pairHost(depot, "avance-2", clients, sync, 12);
        PhysicalServer quorum = draft.server(station, "quorum-1", 4, 8, 2023);
        quorum.setOperatingSystem("Debian 12");
        draft.disk(quorum, "system", DiskKind.SSD, 240, 20);
        draft.card(quorum, clients, "192.0.2.13");
        MirrorPair pair = pair(first, second, sync, quorum);
        applications(pair, clients, first, second);
        separation();
        draft.licence("Fault-tolerance software for two servers", LicenceKind.THIRD_PARTY, 1);
        return topology;
    }

    private void contacts() {
        draft.contact(
                "Frauke Petersen",
                ContactKind.INTERNAL,
                "IT, also registry office",
                "+49 30 23125 101",
                1);
        draft.contact(
                "Jens Thomsen", ContactKind.INTERNAL, "IT, also schools", "+49 30 23125 102", 2);
        draft.contact(
                "Systemhaus Nordlicht",
                ContactKind.PROVIDER,
                "Hardware and fault tolerance",
                "+49 40 66969 200",
                3);
    }

    private Host pairHost(Site site, String name, Network clients, Network sync, int number) {
        Host host = draft.host(site, name, HypervisorKind.AVANCE, 24, 160, 2024);
        draft.make(host, "Thomas-Krenn", "RA1224", "AMD EPYC 9224");
        for (int i = 1; i <= 4; i++) {
            draft.disk(host, "bay " + i, DiskKind.SSD, 1920, 0);
        }
        draft.card(host, clients, "192.0.2." + number);
        draft.card(host, sync, "198.51.100." + number);
        return host;
    }

    private MirrorPair pair(Host first, Host second, Network sync, PhysicalServer quorum) {
        MirrorPair pair =
                draft.add(
                        topology.getProtections(),
                        Protection.class,
                        Draft.MAKE.createMirrorPair(),
                        "Avance pair");
        pair.setFirstHost(first);
        pair.setSecondHost(second);
        pair.setSyncNetwork(sync);
        pair.setWitness(quorum);
        pair.setAutomatic(true);
        pair.setTakeoverSeconds(120);
        pair.setCoverage(0.98);
        return pair;
    }

    private void applications(MirrorPair pair, Network clients, Host first, Host second) {
        LoadProfile office = draft.load("Office hours", 4, 30, 45, 3);
        LoadProfile steady = draft.load("Day and night", 10, 15, 20, 10);
        Service directory = directory(pair, clients, first, second, steady);
        int number = 20;
        for (Application it : APPLICATIONS) {
            VirtualMachine guest =
                    draft.guest(
                            it.name.toLowerCase(Locale.ROOT).replace(' ', '-'),
                            number % 2 == 0 ? first : second,
                            it.cores,
                            it.memoryGiB,
                            "Windows Server 2022");
            draft.disk(guest, "system", DiskKind.SSD, 80, 45);
            draft.disk(guest, "data", DiskKind.SSD, it.usedGiB * 3 / 2, it.usedGiB);
            draft.card(guest, clients, "192.0.2." + number++);
            draft.works(guest, office, 150, 600, 120);
            pair.getWorkloads().add(guest);
            Service service =
                    draft.service(
                            it.name,
                            it.users,
                            it.rtoMinutes * Draft.MINUTE,
                            0,
                            it.mtpdHours * Draft.HOUR);
            draft.needs(service, guest, directory);
        }
    }

    private Service directory(
            MirrorPair pair, Network clients, Host first, Host second, LoadProfile steady) {
        VirtualMachine one = draft.guest("directory-1", first, 2, 4, "Windows Server 2022");
        VirtualMachine two = draft.guest("directory-2", second, 2, 4, "Windows Server 2022");
        int number = 40;
        for (VirtualMachine guest : List.of(one, two)) {
            draft.disk(guest, "system", DiskKind.SSD, 80, 40);
            draft.card(guest, clients, "192.0.2." + number++);
            draft.works(guest, steady, 40, 100, 90);
            guest.setStartOrder(1);
            pair.getWorkloads().add(guest);
        }
        Service directory =
                draft.service("Directory and names", 52, 5 * Draft.MINUTE, 0, 4 * Draft.HOUR);
        draft.needsSome(directory, 1, List.of(one, two));
        return directory;
    }

    private void separation() {
        SeparationGroup group =
                draft.add(
                        topology.getSeparationGroups(),
                        SeparationGroup.class,
                        Draft.MAKE.createSeparationGroup(),
                        "Registers kept apart");
        group.setLevel(SeparationLevel.OPERATING_SYSTEM);
        group.setLegalBasis(
                "Personal status act and register ordinances: a system of its own for each"
                        + " register");
        for (VirtualMachine guest : topology.getVirtualMachines()) {
            if (List.of("civil-register", "registry-office", "social-services", "trade-office")
                    .contains(guest.getName())) {
                group.getWorkloads().add(guest);
            }
        }
    }
}
