package org.standfest.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MachinePropertiesTest {

    private static final DiskImage IMAGE = DiskImage.raw(Path.of("/images/one.img"));

    private static MachineDescription machine() {
        MachineNic nic =
                new MachineNic(
                        NicModel.VIRTIO,
                        "52:54:00:01:02:03",
                        List.of(
                                new PortForward("127.0.0.1", 8080, 80),
                                new PortForward("127.0.0.2", 2222, 22)));
        MachineDisk first = new MachineDisk("system", IMAGE, DiskBus.VIRTIO);
        MachineDisk second = new MachineDisk("data-1", IMAGE, DiskBus.SCSI);
        return new MachineDescription(
                "ledger.1",
                "Ledger, Town Hall",
                2,
                512,
                List.of(first, second),
                List.of(nic),
                Firmware.BIOS);
    }

    private static Outcome<MachineDescription> read(Map<String, String> properties) {
        return MachineProperties.read(properties, _ -> Optional.of(IMAGE));
    }

    @Test
    void aDescriptionComesBackAsItWas() {
        assertEquals(machine(), read(MachineProperties.write(machine())).orThrow());
    }

    @Test
    void noPathTravels() {
        assertFalse(
                MachineProperties.write(machine()).values().stream()
                        .anyMatch(it -> it.contains("images")));
    }

    @Test
    void aDiskWithoutAnImageHereIsRefused() {
        Outcome<MachineDescription> answer =
                MachineProperties.read(
                        MachineProperties.write(machine()),
                        disk -> disk.equals("system") ? Optional.of(IMAGE) : Optional.empty());
        assertEquals("machine.image-missing", answer.problem().orElseThrow().code());
        assertEquals(List.of("data-1"), answer.problem().orElseThrow().arguments());
    }

    @ParameterizedTest
    @CsvSource({
        "machine.version,2",
        "machine.version,''",
        "machine.id,../up",
        "machine.id,'a,b'",
        "machine.cpus,0",
        "machine.cpus,many",
        "machine.memoryMiB,-1",
        "machine.memoryMiB,99999999999",
        "machine.firmware,open",
        "machine.disks,''",
        "machine.disks,'system,system'",
        "machine.disks,'/etc/passwd'",
        "machine.disk.system.bus,USB",
        "machine.nics,9",
        "machine.nics,-1",
        "machine.nic.0.mac,52:54",
        "machine.nic.0.forwards,127.0.0.1:1",
        "machine.nic.0.forwards,'evil,x:1:2'",
        "machine.nic.0.forwards,127.0.0.1:70000:80"
    })
    void aHostileDescriptionIsRefused(String key, String value) {
        Map<String, String> properties = new HashMap<>(MachineProperties.write(machine()));
        properties.put(key, value);
        assertFalse(read(properties).isDone());
    }

    @Test
    void everyMissingKeyIsRefused() {
        for (String key : MachineProperties.write(machine()).keySet()) {
            Map<String, String> properties = new HashMap<>(MachineProperties.write(machine()));
            properties.remove(key);
            assertFalse(read(properties).isDone(), key);
        }
    }

    @Test
    void namesThatCouldBecomeOptionsAreBugsOfTheCaller() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new MachineDisk("a,readonly=on", IMAGE, DiskBus.IDE));
        assertThrows(IllegalArgumentException.class, () -> new PortForward("localhost", 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PortForward("127.0.0.1", 0, 1));
        assertThrows(IllegalArgumentException.class, () -> machine().withId("Up Per"));
    }

    @Test
    void copiesChangeOneThing() {
        DiskImage other = DiskImage.raw(Path.of("/other"));
        MachineDescription moved = machine().withImages(Map.of("system", other));
        assertEquals(other, moved.disks().getFirst().image());
        assertEquals(IMAGE, moved.disks().getLast().image());
        assertEquals(
                DiskBus.IDE,
                machine().withDisks(disk -> disk.withBus(DiskBus.IDE)).disks().getFirst().bus());
        assertEquals(
                List.of(),
                machine()
                        .withNics(nic -> nic.withForwards(List.of()))
                        .nics()
                        .getFirst()
                        .forwards());
    }
}
