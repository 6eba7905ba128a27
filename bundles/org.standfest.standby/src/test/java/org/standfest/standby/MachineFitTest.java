package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.management.PortForward;
import org.standfest.management.StandbyHardware;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class MachineFitTest {

    private static final MachineDescription HOME =
            new MachineDescription(
                    "home",
                    "Ledger",
                    2,
                    1024,
                    List.of(
                            new MachineDisk(
                                    "disk0", DiskImage.raw(Path.of("disk0")), DiskBus.VIRTIO)),
                    List.of(new MachineNic(NicModel.VIRTIO, "52:54:00:00:00:01", List.of())),
                    Firmware.BIOS);

    private static MachineDescription here(StandbyHardware own, Map<String, String> other) {
        return MachineFit.here(HOME, "op-1", own, other).orThrow();
    }

    @Test
    void theStandbysHardwareDecidesAndWhatIsAskedForOnceDecidesOverIt() {
        StandbyHardware own =
                new StandbyHardware(
                        1,
                        0,
                        List.of(new PortForward("127.0.0.1", 8080, 80)),
                        Map.of("bus", "IDE", "nicModel", "E1000"));
        MachineDescription machine = here(own, Map.of());
        assertEquals("op-1", machine.id());
        assertEquals(1, machine.cpus());
        assertEquals(1024, machine.memoryMiB());
        assertEquals(DiskBus.IDE, machine.disks().getFirst().bus());
        assertEquals(NicModel.E1000, machine.nics().getFirst().model());
        assertEquals(8080, machine.nics().getFirst().forwards().getFirst().hostPort());
        assertEquals(DiskBus.SCSI, here(own, Map.of("bus", "scsi")).disks().getFirst().bus());
    }

    @Test
    void whatIsNotSaidStaysAsAtHome() {
        assertEquals(HOME.withId("op-1"), here(StandbyHardware.AS_DESCRIBED, Map.of()));
    }

    @Test
    void hardwareThatThereIsNotIsRefusedBeforeAStart() {
        assertEquals(
                "machine.hardware",
                MachineFit.here(HOME, "op-1", StandbyHardware.AS_DESCRIBED, Map.of("bus", "NVME"))
                        .problem()
                        .orElseThrow()
                        .code());
        assertThrows(
                IllegalArgumentException.class,
                () -> new StandbyHardware(0, 0, List.of(), Map.of("bus", "NVME")));
    }
}
