package org.standfest.topology.files.examples;

import org.standfest.topology.BackupPlan;
import org.standfest.topology.ContactKind;
import org.standfest.topology.DiskKind;
import org.standfest.topology.ImagePool;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.MediaKind;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Topology;

import java.util.List;

/**
 * S5.12: one standby is disaster recovery and backup in one; the pool goes to media every night.
 */
final class HighAvailabilityModel {

    private record Primary(String name, String system, int memoryGiB, int usedGiB) {}

    private static final List<Primary> PRIMARIES =
            List.of(
                    new Primary("laboratory", "Windows Server 2022", 32, 700),
                    new Primary("patients", "Windows Server 2022", 32, 450),
                    new Primary("images", "Debian 12", 32, 4200),
                    new Primary("billing", "Windows Server 2022", 16, 180),
                    new Primary("directory", "Windows Server 2022", 8, 60),
                    new Primary("mail", "Debian 12", 16, 380),
                    new Primary("files", "Debian 12", 16, 1500),
                    new Primary("appointments", "Debian 12", 8, 90));

    private final Draft draft =
            new Draft(
                    "High-availability model",
                    "Ärztehaus am Stadtpark",
                    "One standby is backup and disaster recovery in one: the images of all eight"
                        + " servers are the backup, and go from the pool to encrypted media every"
                        + " night, so that the servers themselves never see a backup window.");
    private final StandbyDraft standby = new StandbyDraft(draft);
    private final Topology topology = draft.topology;

    static Topology build() {
        return new HighAvailabilityModel().whole();
    }

    private Topology whole() {
        topology.setPeopleServed(24_000);
        topology.setStaff(75);
        topology.setItStaff(1);
        topology.setAnnualGrowthPercent(15);
        draft.contact(
                "Dr. Sabine Keller",
                ContactKind.INTERNAL,
                "Practice manager",
                "+49 89 99998 701",
                1);
        draft.contact(
                "IT-Betreuung Isar", ContactKind.PROVIDER, "All technology", "+49 89 99998 720", 2);
        Site house =
                draft.site(
                        SiteKind.HEADQUARTERS,
                        "Medical centre",
                        "Parkstraße 5, 80339 München",
                        48.1372,
                        11.5412,
                        75);
        Site bank =
                draft.site(
                        SiteKind.PROVIDER,
                        "Bank vault",
                        "Theresienhöhe 1, 80339 München",
                        48.1339,
                        11.5448,
                        0);
        draft.smallPower(house, 6000);
        Network servers =
                draft.network("Servers", NetworkKind.SERVER, "192.0.2.0/25", 10_000, house);
        PhysicalServer machine = draft.server(house, "standby-1", 32, 128, 2025);
        machine.setOperatingSystem("Debian 12");
        draft.disk(machine, "pool", DiskKind.SSD, 24_000, 9000);
        draft.card(machine, servers, "192.0.2.100");
        ImagePool pool = standby.pool("Images of the medical centre", machine, 20_000, 14, 2);
        LoadProfile practice = draft.load("Consulting hours", 3, 35, 55, 2);
        int number = 11;
        for (Primary it : PRIMARIES) {
            PhysicalServer server =
                    draft.server(house, it.name, 8, it.memoryGiB, 2022 + number % 3);
            server.setOperatingSystem(it.system);
            draft.disk(server, "system", DiskKind.SSD, 240, 50);
            draft.disk(server, "data", DiskKind.SSD, it.usedGiB * 2, it.usedGiB);
            draft.card(server, servers, "192.0.2." + number++);
            draft.works(server, practice, 250, 1200, 150);
            standby.protect(it.name, pool, 30 * Draft.MINUTE, number - 11, server);
            draft.needs(
                    draft.service(it.name, 75, 20 * Draft.MINUTE, Draft.HOUR, 8 * Draft.HOUR),
                    server);
        }
        backup(pool, bank);
        draft.licence("Enterprise", LicenceKind.ENTERPRISE, 1);
        draft.licence("Backup module", LicenceKind.BACKUP_MODULE, 1);
        return topology;
    }

    private void backup(ImagePool pool, Site bank) {
        BackupPlan plan =
                draft.add(
                        topology.getBackupPlans(),
                        BackupPlan.class,
                        Draft.MAKE.createBackupPlan(),
                        "Every night to removable disks");
        plan.getImagePools().add(pool);
        plan.setMedia(MediaKind.REMOVABLE_DISK);
        plan.setIntervalSeconds(Draft.DAY);
        plan.setRetainedVersions(30);
        plan.setEncrypted(true);
        plan.setOffsiteSite(bank);
    }
}
