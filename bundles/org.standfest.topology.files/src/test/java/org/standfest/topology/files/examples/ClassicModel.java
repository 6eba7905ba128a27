package org.standfest.topology.files.examples;

import org.standfest.topology.ActivationPlace;
import org.standfest.topology.ConsistencyGroup;
import org.standfest.topology.ConsistencyKind;
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
import org.standfest.topology.SparePool;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.List;

/** S5.11: one standby for twelve systems; one is replaced at a time, the most important first. */
final class ClassicModel {

    private record Primary(
            String name,
            String system,
            int memoryGiB,
            int usedGiB,
            int rtoMinutes,
            int mtpdHours) {}

    /** In the order of priority. */
    private static final List<Primary> PRIMARIES =
            List.of(
                    new Primary("orders-db", "Debian 12", 32, 420, 15, 4),
                    new Primary("orders-app", "Debian 12", 16, 60, 15, 4),
                    new Primary("directory", "Windows Server 2022", 8, 60, 15, 4),
                    new Primary("production-control", "Windows Server 2019", 16, 140, 15, 4),
                    new Primary("mail", "Windows Server 2022", 32, 520, 30, 8),
                    new Primary("files", "Debian 12", 16, 1800, 30, 8),
                    new Primary("warehouse", "Windows Server 2019", 16, 160, 30, 8),
                    new Primary("telephony", "Debian 12", 4, 30, 30, 8),
                    new Primary("documents", "Windows Server 2022", 16, 900, 60, 24),
                    new Primary("payroll", "Windows Server 2022", 8, 80, 60, 48),
                    new Primary("time-clock", "Windows Server 2019", 8, 40, 60, 48),
                    new Primary("intranet", "Debian 12", 8, 120, 60, 72));

    private final Draft draft =
            new Draft(
                    "Classic model",
                    "Maschinenbau Riedel",
                    "One standby holds the images of twelve servers. One of them is replaced at a"
                            + " time, by priority, while the others go on being replicated; more in"
                            + " parallel on spare hardware.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new ClassicModel().whole();
    }

    private Topology whole() {
        topology.setStaff(180);
        topology.setItStaff(3);
        topology.setAnnualGrowthPercent(10);
        draft.contact("Holger Brandt", ContactKind.INTERNAL, "IT", "+49 221 4710 601", 1);
        draft.contact(
                "Empfang", ContactKind.INTERNAL, "May start the standby", "+49 221 4710 600", 2);
        draft.contact(
                "Systempartner Rhein-Sieg",
                ContactKind.PROVIDER,
                "Hardware",
                "+49 221 4710 650",
                3);
        Site works =
                draft.site(
                        SiteKind.HEADQUARTERS,
                        "Works",
                        "Gewerbering 9, 53721 Siegburg",
                        50.7919,
                        7.2071,
                        180);
        draft.smallPower(works, 6000);
        Network servers =
                draft.network("Servers", NetworkKind.SERVER, "192.0.2.0/24", 10_000, works);
        PhysicalServer machine = draft.server(works, "standby-1", 16, 64, 2024);
        machine.setOperatingSystem("Debian 12");
        draft.disk(machine, "pool", DiskKind.SSD, 12_000, 5200);
        draft.card(machine, servers, "192.0.2.250");
        ImagePool pool = standby.pool("Images of the works", machine, 11_000, 7, 1);
        SparePool spares = standby.spares("Server in the cellar", 1, 2, 16, 64, 4000);
        spares.setSite(works);
        List<PhysicalServer> all = primaries(works, servers);
        spares.getWorkloads().addAll(all);
        protect(all, pool, spares);
        services(all);
        draft.licence("Enterprise", LicenceKind.ENTERPRISE, 1);
        return topology;
    }

    private List<PhysicalServer> primaries(Site works, Network servers) {
        LoadProfile shift = draft.load("Two shifts", 15, 40, 60, 5);
        List<PhysicalServer> all = new ArrayList<>();
        for (Primary it : PRIMARIES) {
            PhysicalServer server =
                    draft.server(works, it.name, 8, it.memoryGiB, 2021 + all.size() % 4);
            server.setOperatingSystem(it.system);
            draft.disk(server, "system", DiskKind.SSD, 240, 60);
            draft.disk(server, "data", DiskKind.HDD, it.usedGiB * 2, it.usedGiB - 30);
            draft.card(server, servers, "192.0.2." + (11 + all.size()));
            draft.works(server, shift, 200, 900, 180);
            all.add(server);
        }
        return all;
    }

    private void protect(List<PhysicalServer> all, ImagePool pool, SparePool spares) {
        ConsistencyGroup orders =
                draft.add(
                        topology.getConsistencyGroups(),
                        ConsistencyGroup.class,
                        Draft.MAKE.createConsistencyGroup(),
                        "Orders");
        orders.getWorkloads().addAll(all.subList(0, 2));
        orders.setNote("Database and application must show the same instant.");
        StandbyProtection group =
                standby.protect("Orders", pool, 15 * Draft.MINUTE, 1, all.get(0), all.get(1));
        group.setConsistencyGroup(orders);
        group.setConsistency(ConsistencyKind.APPLICATION);
        spare(group, spares);
        for (int i = 2; i < all.size(); i++) {
            int interval = i < 5 ? 15 * Draft.MINUTE : Draft.HOUR;
            spare(standby.protect(all.get(i).getName(), pool, interval, i, all.get(i)), spares);
        }
    }

    private static void spare(StandbyProtection protection, SparePool spares) {
        protection.getActivations().add(ActivationPlace.SPARE_SERVER);
        protection.setSparePool(spares);
    }

    private void services(List<PhysicalServer> all) {
        for (int i = 0; i < all.size(); i++) {
            Primary it = PRIMARIES.get(i);
            int rpo = i < 5 ? 30 * Draft.MINUTE : 2 * Draft.HOUR;
            draft.needs(
                    draft.service(
                            it.name,
                            20 + i,
                            it.rtoMinutes * Draft.MINUTE,
                            rpo,
                            it.mtpdHours * Draft.HOUR),
                    all.get(i));
        }
    }
}
