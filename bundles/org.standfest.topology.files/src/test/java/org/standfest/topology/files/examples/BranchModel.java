package org.standfest.topology.files.examples;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.ImagePool;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;

import java.util.List;
import java.util.Locale;

/**
 * S5.13: four branches over narrow lines; through the VPN, by carrying the standby, or by a spare.
 */
final class BranchModel {

    private record Branch(
            String town,
            String address,
            double north,
            double east,
            int staff,
            int usedGiB,
            double mbps,
            double backMbps) {}

    private static final List<Branch> BRANCHES =
            List.of(
                    new Branch(
                            "Kirchberg",
                            "Hauptstraße 14, 55481 Kirchberg",
                            49.9443,
                            7.4071,
                            14,
                            180,
                            10,
                            50),
                    new Branch(
                            "Rheinböllen",
                            "Marktstraße 2, 55494 Rheinböllen",
                            50.0107,
                            7.6726,
                            9,
                            120,
                            10,
                            50),
                    new Branch(
                            "Kastellaun",
                            "Bahnhofstraße 31, 56288 Kastellaun",
                            50.0695,
                            7.4424,
                            22,
                            260,
                            20,
                            100),
                    new Branch(
                            "Emmelshausen",
                            "Rhein-Mosel-Straße 45, 56281 Emmelshausen",
                            50.1553,
                            7.5568,
                            11,
                            150,
                            10,
                            50));

    private final Draft draft =
            new Draft(
                    "Branch model",
                    "Volksbank Hunsrück-Höhe",
                    "Each branch has one server and nobody who knows it. Its image lies at"
                        + " headquarters. After an outage the standby takes over through the VPN"
                        + " within minutes, is carried to the branch, or a spare server is prepared"
                        + " from the image and swapped in.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new BranchModel().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(31_000);
        topology.setStaff(140);
        topology.setItStaff(4);
        topology.setAnnualGrowthPercent(6);
        draft.contact(
                "Thomas Wirtz", ContactKind.INTERNAL, "IT at headquarters", "+49 30 23125 801", 1);
        draft.contact(
                "Standby duty",
                ContactKind.INTERNAL,
                "Evenings and Saturdays",
                "+49 30 23125 802",
                2);
        draft.contact(
                "Netzbetreiber Mittelrhein", ContactKind.PROVIDER, "Lines", "+49 69 90009 830", 0);
        Site head =
                draft.site(
                        SiteKind.HEADQUARTERS,
                        "Headquarters",
                        "Schlossplatz 6, 55469 Simmern",
                        49.9837,
                        7.5213,
                        84);
        draft.smallPower(head, 3000);
        Network servers =
                draft.network(
                        "Headquarters network", NetworkKind.SERVER, "192.0.2.0/25", 10_000, head);
        PhysicalServer machine = draft.server(head, "standby-1", 32, 96, 2024);
        machine.setOperatingSystem("Debian 12");
        draft.disk(machine, "pool", DiskKind.SSD, 3800, 900);
        draft.card(machine, servers, "192.0.2.10");
        machine.setNote(
                "Half height, with a handle: it is carried to a branch when the line is down.");
        ImagePool pool = standby.pool("Images of the branches", machine, 3500, 5, 4);
        SparePool spares = standby.spares("Prepared servers", 3, 2, 8, 32, 1000);
        spares.setSite(head);
        LoadProfile counter = draft.load("Counter hours", 3, 30, 50, 4);
        for (int i = 0; i < BRANCHES.size(); i++) {
            branch(i, head, pool, spares, counter);
        }
        draft.licence("Base", LicenceKind.BASE, 1);
        draft.licence("Agents", LicenceKind.AGENT, BRANCHES.size() - 1);
        return topology;
    }

    private void branch(int i, Site head, ImagePool pool, SparePool spares, LoadProfile counter) {
        Branch it = BRANCHES.get(i);
        Site site = draft.site(SiteKind.BRANCH, it.town, it.address, it.north, it.east, it.staff);
        draft.smallPower(site, 800);
        Network network =
                draft.network(
                        it.town + " network",
                        NetworkKind.CLIENT,
                        "198.51.100." + 64 * i + "/26",
                        1000,
                        site);
        Link line =
                draft.link(
                        it.town + " to headquarters", LinkKind.INTERNET, site, head, it.mbps, 18);
        line.setReverseBandwidthMbps(it.backMbps);
        line.setReplicationPercent(50);
        line.setCarrier("Netzbetreiber Mittelrhein");
        PhysicalServer server =
                draft.server(
                        site,
                        it.town.toLowerCase(Locale.ROOT).replace("ö", "oe") + "-1",
                        8,
                        24,
                        2022);
        draft.make(server, "HPE", "ProLiant ML30 Gen10 Plus", "Intel Xeon E-2314");
        server.setOperatingSystem("Windows Server 2022");
        draft.disk(server, "system", DiskKind.SSD, 240, 60);
        draft.disk(server, "data", DiskKind.SSD, 480, it.usedGiB - 60);
        draft.card(server, network, "198.51.100." + (64 * i + 10));
        draft.works(server, counter, 250, 900, 240);
        spares.getWorkloads().add(server);
        StandbyProtection protection = standby.protect(it.town, pool, Draft.HOUR, i + 1, server);
        protection.setLink(line);
        protection.setSparePool(spares);
        protection.getActivations().clear();
        protection
                .getActivations()
                .addAll(
                        List.of(
                                ActivationPlace.OVER_VPN,
                                ActivationPlace.CARRIED_STANDBY,
                                ActivationPlace.SPARE_SERVER));
        draft.needs(
                draft.service(
                        "Counter " + it.town,
                        it.staff,
                        30 * Draft.MINUTE,
                        2 * Draft.HOUR,
                        8 * Draft.HOUR),
                server);
    }
}
