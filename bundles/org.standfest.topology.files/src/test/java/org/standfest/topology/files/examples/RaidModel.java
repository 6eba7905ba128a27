package org.standfest.topology.files.examples;

import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.ImagePool;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;

import java.util.List;

/** S5.16: nine systems, three standbys, each system on two of them. */
final class RaidModel {

    private static final List<String> SYSTEMS =
            List.of(
                    "press-control",
                    "editorial",
                    "layout",
                    "archive",
                    "advertising",
                    "subscriptions",
                    "directory",
                    "mail",
                    "files");
    private static final int STANDBYS = 3;

    private final Draft draft =
            new Draft(
                    "RAID model",
                    "Druckhaus Saale-Elster",
                    "Each of nine systems lies on two of three standbys. After one failure, of a"
                            + " system or of a standby, every other system is still covered.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new RaidModel().whole();
    }

    private Topology whole() {
        topology.setStaff(260);
        topology.setItStaff(5);
        topology.setAnnualGrowthPercent(8);
        draft.contact(
                "Karsten Lehmann",
                ContactKind.INTERNAL,
                "IT, also at night",
                "+49 30 23125 950",
                1);
        draft.contact(
                "Printing shift",
                ContactKind.INTERNAL,
                "May start a standby",
                "+49 30 23125 951",
                2);
        Site house =
                draft.site(
                        SiteKind.HEADQUARTERS,
                        "Printing house",
                        "Saalestraße 80, 06217 Merseburg",
                        51.3603,
                        12.0012,
                        240);
        Site office =
                draft.site(
                        SiteKind.BRANCH,
                        "Town office",
                        "Entenplan 3, 06217 Merseburg",
                        51.3570,
                        11.9990,
                        20);
        draft.smallPower(house, 6000);
        draft.smallPower(office, 2000);
        Network servers =
                draft.network("Servers", NetworkKind.SERVER, "192.0.2.0/24", 10_000, house, office);
        var fibre =
                draft.link(
                        "Fibre to the town office",
                        org.standfest.topology.LinkKind.FIBRE,
                        house,
                        office,
                        10_000,
                        0.1);
        ImagePool[] pools = new ImagePool[STANDBYS];
        for (int i = 0; i < STANDBYS; i++) {
            // The third one stands in the town office, so that fire does not take all three.
            Site site = i == 2 ? office : house;
            PhysicalServer machine = draft.server(site, "standby-" + (i + 1), 16, 96, 2024);
            machine.setOperatingSystem("Debian 12");
            draft.disk(machine, "pool", DiskKind.SSD, 9000, 4000);
            draft.card(machine, servers, "192.0.2." + (200 + i));
            pools[i] = standby.pool("Images " + (i + 1), machine, 8000, 5, 2);
        }
        LoadProfile press = draft.load("Press at night", 55, 25, 35, 30);
        for (int i = 0; i < SYSTEMS.size(); i++) {
            PhysicalServer server = draft.server(house, SYSTEMS.get(i), 8, 32, 2021 + i % 4);
            server.setOperatingSystem(i % 2 == 0 ? "Windows Server 2022" : "Debian 12");
            draft.disk(server, "system", DiskKind.SSD, 240, 60);
            draft.disk(server, "data", DiskKind.SSD, 2000, 300 + 60 * i);
            draft.card(server, servers, "192.0.2." + (11 + i));
            draft.works(server, press, 300, 1500, 150);
            int first = i % STANDBYS;
            int second = (i + 1) % STANDBYS;
            for (int pool : new int[] {first, second}) {
                var protection =
                        standby.protect(
                                server.getName() + " on " + pools[pool].getName(),
                                pools[pool],
                                30 * Draft.MINUTE,
                                i / STANDBYS + 1,
                                server);
                if (pool == 2) {
                    protection.setLink(fibre);
                }
            }
            draft.needs(
                    draft.service(
                            server.getName(),
                            20 + 5 * i,
                            15 * Draft.MINUTE,
                            Draft.HOUR,
                            6 * Draft.HOUR),
                    server);
        }
        draft.licence("Enterprise, RAID", LicenceKind.ENTERPRISE, STANDBYS);
        return topology;
    }
}
