package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.Adapted;
import org.standfest.adaptation.guestfish.GuestfishAdapter;
import org.standfest.host.Waiting;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.StartOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A real small Linux whose initial file system knows virtio only does not start from IDE, and does
 * after guestfish has fitted it.
 */
@Tag("engine")
class GuestfishTest {

    private static final String GIVES_UP = "no root file system";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void aLinuxThatDoesNotStartOnTheStandbysBusDoesAfterItWasFitted() throws Exception {
        GuestfishAdapter adapter = new GuestfishAdapter(Appliance.environment());
        assumeTrue(adapter.ready().isDone(), "libguestfs-tools is not installed");
        DiskImage base = VirtioLinux.disk(folder.resolve("base.raw"));
        String before = MachineTest.sha256(base.file());
        int port = Guest.freePort();
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("overlay")).orThrow();
        MachineDescription here = Guest.description(DiskBus.IDE, port, overlay);
        Adaptation order =
                new Adaptation(
                        Guest.description(DiskBus.VIRTIO, port, base), here, Map.of(), folder);
        Adapted adapted;
        // Beside the fitting, for the sake of time.
        Machine alone = unfitted(base);
        try {
            adapted = adapter.adapt(order, () -> false).orThrow();
            assertEquals(GIVES_UP, lastWords(alone));
        } finally {
            alone.kill();
        }
        String changes = String.join("\n", adapted.changes());
        assertTrue(changes.contains("changed /etc/fstab: /dev/vda1 is UUID="), changes);
        assertTrue(changes.contains("changed initial file system: ata_piix sd_mod"), changes);
        try (Guest guest = Guest.boot(folder.resolve("fitted"), adapted.machine(), port)) {
            assertTrue(guest.append("on-other-hardware"));
        }
        assertEquals(before, MachineTest.sha256(base.file()), "the recovery point is as before");
    }

    private Machine unfitted(DiskImage base) throws IOException {
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("unfitted")).orThrow();
        return Guest.QEMU
                .start(
                        Guest.description(DiskBus.IDE, Guest.freePort(), overlay),
                        StartOptions.in(folder.resolve("unfitted-machine")))
                .orThrow();
    }

    /** What the guest says when it gives up and switches itself off. */
    private static String lastWords(Machine machine) throws IOException {
        Waiting.until(() -> machine.state() != MachineState.RUNNING, LIMIT);
        String log = Files.readString(machine.serialLog());
        return log.contains(GIVES_UP) ? GIVES_UP : log;
    }
}
