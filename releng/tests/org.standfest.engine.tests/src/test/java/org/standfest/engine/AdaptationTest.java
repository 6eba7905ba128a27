package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.adaptation.Adaptation;
import org.standfest.adaptation.demo.DemoGuestAdapter;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.HardwareProfile;
import org.standfest.hypervisor.MachineDescription;

import java.nio.file.Path;
import java.util.Map;

/** A real guest is fitted to other hardware and says so. */
@Tag("engine")
class AdaptationTest {

    @TempDir Path folder;

    @Test
    void theDemoGuestStartsOnOtherHardwareAndKnowsWhatItWasFittedTo() throws Exception {
        DiskImage base = Guest.disk(folder.resolve("base.raw"));
        String before = MachineTest.sha256(base.file());
        DiskImage overlay = Guest.QEMU.overlay(base, folder.resolve("overlay.qcow2")).orThrow();
        int port = Guest.freePort();
        MachineDescription home = Guest.description(DiskBus.VIRTIO, port, base);
        MachineDescription here =
                HardwareProfile.fit(
                                Guest.description(DiskBus.VIRTIO, port, overlay),
                                Map.of("bus", "ide", "nicModel", "vmxnet3"))
                        .orThrow();
        Map<String, String> wishes = Map.of(Adaptation.ADDRESS, "10.0.2.99/24");
        MachineDescription adapted =
                new DemoGuestAdapter()
                        .adapt(new Adaptation(home, here, wishes, folder), () -> false)
                        .orThrow()
                        .machine();
        try (Guest guest = Guest.boot(folder.resolve("machine"), adapted, port)) {
            String health = guest.get("/health", 20_000).orElseThrow();
            assertTrue(
                    health.strip().endsWith("adapted=bus=IDE nic=VMXNET3 address=10.0.2.99/24"),
                    health);
        }
        assertEquals(before, MachineTest.sha256(base.file()));
    }
}
