package org.standfest.hypervisor.libvirt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a real libvirt cannot be made to do at will; the real one is in the engine tests. */
class LibvirtSnapshotProviderTest {

    @TempDir Path folder;

    private final RecordedVirsh virsh = new RecordedVirsh();
    private final LibvirtSnapshotProvider provider =
            new LibvirtSnapshotProvider(virsh, InstantSource.system());

    private VolumeSource volume(String address) {
        return new VolumeSource(
                "v" + Math.abs(address.hashCode()),
                VolumeKind.DISK,
                "libvirt",
                address,
                Map.of(
                        LibvirtSnapshotProvider.TEMPORARY,
                        folder.resolve("backups").toString(),
                        LibvirtSnapshotProvider.GUEST_AGENT,
                        "yes"));
    }

    private VolumeSource web() {
        return volume("qemu:///system#web/vda");
    }

    private String codeOf(VolumeSource... volumes) {
        Outcome<Snapshot> outcome =
                provider.take(
                        new SnapshotRequest(
                                "s", List.of(volumes), Optional.empty(), Duration.ofSeconds(5)));
        return outcome.problem().orElseThrow().code();
    }

    @Test
    void anUnansweredQuestionNeverMeansGone() {
        assertEquals(Presence.State.THERE, provider.presence(web()).state());
        virsh.answer("domstate", 0, "shut off\n");
        assertEquals(Presence.State.GONE, provider.presence(web()).state());
        virsh.answer("domstate", 1, "error: failed to get domain 'web'\n");
        assertEquals(Presence.State.GONE, provider.presence(web()).state());
        for (String other :
                List.of(
                        "error: failed to connect to the hypervisor\n",
                        "error: authentication unavailable\n",
                        "")) {
            virsh.answer("domstate", 1, other);
            assertEquals(Presence.State.UNKNOWN, provider.presence(web()).state(), other);
        }
    }

    @Test
    void refusesAddressesThatCouldBeTakenForSomethingElse() {
        for (String wrong :
                List.of(
                        "web/vda",
                        "qemu:///system#web",
                        "qemu:///system#--help/vda",
                        "qemu:///system#we'b/vda",
                        "qemu:///system#web/../vda",
                        "qemu:///system#web/vda'/><x y='",
                        "qemu:///system#../vda")) {
            assertEquals("libvirt.address", codeOf(volume(wrong)), wrong);
        }
        assertEquals(
                "libvirt.address",
                codeOf(web(), volume("qemu:///system#other/vda")),
                "two machines are not one system");
        assertEquals("libvirt.no-disk", codeOf(volume("qemu:///system#web/sda")));
        assertEquals(0, virsh.count("backup-begin"));
    }

    @Test
    void neverEndsSomebodyElsesJobAndEndsOurs() {
        virsh.answer(
                "backup-dumpxml",
                0,
                "<domainbackup mode='pull'><server transport='unix' socket='/other/nbd-1'/>"
                        + "</domainbackup>");
        assertEquals("libvirt.busy", codeOf(web()));
        assertEquals(0, virsh.count("domjobabort"));
        virsh.answer(
                "backup-dumpxml",
                0,
                "<server transport='unix' socket='" + folder + "/backups/web/nbd-7'/>");
        codeOf(web());
        assertEquals(1, virsh.count("domjobabort"));
    }

    @Test
    void aViewThatCannotBeReadIsUndoneAndTheGuestLetGo() throws IOException {
        // The job is said to have begun, and nobody serves its socket.
        assertEquals("libvirt.failed", codeOf(web()));
        int freeze = virsh.asked.indexOf("domfsfreeze web");
        int begin = freeze + 1;
        assertTrue(freeze > 0 && virsh.asked.get(begin).startsWith("backup-begin web "));
        assertEquals("domfsthaw web", virsh.asked.get(begin + 1), "at once");
        try (Stream<Path> left = Files.list(folder.resolve("backups/web"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aBeginThatFailsLetsTheGuestGoToo() {
        virsh.answer("backup-begin", 1, "error: No space left on device\n");
        assertEquals("libvirt.failed", codeOf(web()));
        assertEquals(1, virsh.count("domfsfreeze"));
        assertTrue(virsh.asked.contains("domfsthaw web"));
    }

    @Test
    void aGuestWithoutAnAgentIsTakenAllTheSame() {
        virsh.answer("domfsfreeze", 1, "error: Guest agent is not responding\n");
        codeOf(web());
        assertEquals(1, virsh.count("backup-begin"));
        assertTrue(virsh.asked.contains("domfsthaw web"), "half a freeze is undone");
    }

    @Test
    void whatTheFirmwareRemembersIsFoundInTheDescription() throws IOException {
        Path vars = Files.writeString(folder.resolve("vars.fd"), "remembered");
        DomainAddress address = DomainAddress.of(List.of(web())).orThrow();
        Domain domain = new Domain(virsh, address, Duration.ofSeconds(5));
        assertEquals(Map.of(), domain.firmwareMemory(), "a BIOS remembers nothing");
        for (String plain :
                List.of(
                        "<nvram template='/t.fd'>" + vars + "</nvram>",
                        "<nvram format='raw'>" + vars + "</nvram>",
                        "<nvram type='file'><source file='" + vars + "'/></nvram>")) {
            virsh.answer("dumpxml", 0, "<domain><os>" + plain + "</os></domain>");
            byte[] found = domain.firmwareMemory().get(FirmwareMemory.ATTACHMENT);
            assertArrayEquals(Files.readAllBytes(vars), found, plain);
        }
        String packed = "<domain><os><nvram format='qcow2'>" + vars + "</nvram></os></domain>";
        virsh.answer("dumpxml", 0, packed);
        assertEquals(Map.of(), domain.firmwareMemory());
    }

    @Test
    void tidyingDropsWhatNoCommittedStateStandsFor() throws IOException {
        BackupFolder mine = new BackupFolder(folder.resolve("backups"), "web");
        mine.prepare();
        mine.remember("point-1", "standfest-1");
        virsh.answer("checkpoint-list", 0, "standfest-1\nstandfest-2\nmine\n");
        assertTrue(provider.tidy(List.of(web())).isDone());
        assertTrue(virsh.asked.contains("checkpoint-delete web standfest-2"));
        assertFalse(virsh.asked.contains("checkpoint-delete web standfest-1"));
        assertFalse(virsh.asked.contains("checkpoint-delete web mine"));
        assertEquals(Optional.of("standfest-1"), mine.checkpointOf("point-1"));
        assertEquals(Optional.empty(), mine.checkpointOf("point-2"));
    }
}
