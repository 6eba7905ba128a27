package org.standfest.topology.files.examples;

import org.standfest.topology.ContactKind;
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
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.List;

/** S5.14: three standby instances as virtual machines replace fifteen systems at once. */
final class AlternativeDataCentre {

    private static final List<String> SYSTEMS =
            List.of(
                    "tickets-db",
                    "tickets-app",
                    "tickets-web",
                    "timetable",
                    "passenger-info",
                    "control-room",
                    "radio-gateway",
                    "depot-planning",
                    "workshop",
                    "energy",
                    "directory",
                    "mail",
                    "files",
                    "finance",
                    "personnel");
    private static final int INSTANCES = 3;
    private static final int PER_INSTANCE = 5;

    private final Draft draft =
            new Draft(
                    "Alternative data centre",
                    "Verkehrsbetriebe Leinetal",
                    "Fifteen systems of the main data centre are replaced at once in the"
                            + " alternative one: three standby instances, virtual machines on three"
                            + " hosts, run five systems each.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new AlternativeDataCentre().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(120_000);
        topology.setStaff(900);
        topology.setItStaff(14);
        topology.setAnnualGrowthPercent(7);
        draft.contact(
                "Control room", ContactKind.INTERNAL, "Emergency manager", "+49 69 90009 901", 1);
        draft.contact("Nadine Schrader", ContactKind.INTERNAL, "Head of IT", "+49 69 90009 902", 2);
        Site main =
                draft.site(
                        SiteKind.DATA_CENTRE,
                        "Main data centre",
                        "Betriebshof 1, 30419 Leinetal",
                        52.4101,
                        9.6802,
                        60);
        Site other =
                draft.site(
                        SiteKind.DATA_CENTRE,
                        "Alternative data centre",
                        "Südwerk 12, 30880 Leinetal",
                        52.2973,
                        9.8114,
                        4);
        draft.smallPower(main, 8000);
        draft.smallPower(other, 4000);
        Network servers =
                draft.network("Servers", NetworkKind.SERVER, "192.0.2.0/24", 10_000, main);
        Network away =
                draft.network(
                        "Servers in emergency operation",
                        NetworkKind.SERVER,
                        "198.51.100.0/24",
                        10_000,
                        other);
        Link line = draft.link("Main to alternative", LinkKind.LEASED_LINE, main, other, 1000, 1.5);
        ImagePool[] pools = new ImagePool[INSTANCES];
        for (int i = 0; i < INSTANCES; i++) {
            pools[i] = instance(other, away, i + 1);
        }
        LoadProfile service = draft.load("Service hours", 20, 35, 50, 30);
        for (int i = 0; i < SYSTEMS.size(); i++) {
            PhysicalServer server = primary(main, servers, i, service);
            // Neighbours of one application are spread, so that each instance starts one of them
            // first.
            var protection =
                    standby.protect(
                            server.getName(),
                            pools[i % INSTANCES],
                            30 * Draft.MINUTE,
                            i / INSTANCES + 1,
                            server);
            protection.setLink(line);
            draft.needs(
                    draft.service(
                            server.getName(),
                            60 + i,
                            15 * Draft.MINUTE,
                            Draft.HOUR,
                            6 * Draft.HOUR),
                    server);
        }
        draft.licence("Standby instances", LicenceKind.STANDBY_INSTANCE, INSTANCES);
        draft.licence("Primaries", LicenceKind.PRIMARY, SYSTEMS.size());
        return topology;
    }

    private ImagePool instance(Site other, Network away, int number) {
        Host host = draft.host(other, "alt-" + number, HypervisorKind.KVM, 32, 160, 2024);
        draft.disk(host, "data", DiskKind.SSD, 8000, 0);
        draft.card(host, away, "198.51.100." + (10 + number));
        VirtualMachine instance = draft.guest("standby-" + number, host, 30, 136, "Debian 12");
        draft.disk(instance, "pool", DiskKind.SSD, 6000, 1600);
        draft.card(instance, away, "198.51.100." + (20 + number));
        draft.works(instance, draft.load("Replication " + number, 20, 20, 30, 15), 0, 0, 40);
        return standby.pool("Images " + number, instance, 5500, 7, PER_INSTANCE);
    }

    private PhysicalServer primary(Site main, Network servers, int i, LoadProfile load) {
        PhysicalServer server =
                draft.server(main, SYSTEMS.get(i), 6, i % 5 == 0 ? 32 : 16, 2021 + i % 4);
        server.setOperatingSystem(i % 2 == 0 ? "Debian 12" : "Windows Server 2022");
        draft.disk(server, "system", DiskKind.SSD, 240, 50);
        draft.disk(server, "data", DiskKind.SSD, 900, 150 + 40 * (i % 6));
        draft.card(server, servers, "192.0.2." + (11 + i));
        draft.works(server, load, 300, 1500, 150);
        return server;
    }
}
