package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.ImageUse;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.Readiness;
import org.standfest.hypervisor.StartOptions;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What is made ready for a machine from a recovery point, over a real pool. */
class HypervisorMachinesTest {

    @TempDir private Path folder;
    private ImagePool pool;
    private StandbyHome home;
    private HypervisorMachines machines;

    /** Starts nothing; overlays are empty files. */
    private static final class Idle implements Hypervisor {

        @Override
        public String kind() {
            return "idle";
        }

        @Override
        public Outcome<Readiness> ready() {
            return Outcome.done(new Readiness("1", false, "idle"));
        }

        @Override
        public Outcome<Machine> start(MachineDescription description, StartOptions options) {
            throw new AssertionError(description.id());
        }

        @Override
        public Optional<Machine> find(Path folder) {
            return Optional.empty();
        }

        @Override
        public Outcome<DiskImage> overlay(DiskImage base, Path overlay) {
            try {
                return Outcome.done(DiskImage.raw(Files.createFile(overlay)));
            } catch (IOException fault) {
                throw new AssertionError(fault);
            }
        }

        @Override
        public Outcome<ImageUse> use(DiskImage image) {
            throw new AssertionError(image);
        }
    }

    @BeforeEach
    void open() {
        home = new StandbyHome(folder.resolve("home"));
        pool =
                new PoolOpener(new LocalPoolFiles(), Clock.systemUTC(), new Random(7))
                        .open(folder.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        pool.addSystem("ledger", "Ledger").orThrow();
        machines =
                new HypervisorMachines(
                        home,
                        pool,
                        new SystemRecords(home),
                        Partners.of(List.of(new Idle()), List.of(), List.of(), List.of()),
                        () -> 1);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void point(String key, Map<String, byte[]> attachments) {
        MachineDisk disk = new MachineDisk("disk0", DiskImage.raw(folder), DiskBus.VIRTIO);
        MachineDescription machine =
                new MachineDescription(
                        "ledger", "Ledger", 1, 256, List.of(disk), List.of(), Firmware.UEFI);
        PointRequest request =
                new PointRequest(
                        "ledger",
                        key,
                        1,
                        Clock.systemUTC().instant(),
                        pool.system("ledger")
                                .flatMap(system -> system.newest())
                                .map(newest -> newest.id()),
                        List.of(new PointRequest.Volume("disk0", VolumeKind.DISK, Blocks.SIZE)),
                        MachineProperties.write(machine));
        try (IncomingPoint incoming = pool.begin(request).orThrow()) {
            attachments.forEach(
                    (name, content) ->
                            incoming.putAttachment(name, ByteBuffer.wrap(content)).orThrow());
            incoming.commit(Map.of("disk0", DiskManifest.zero(Blocks.SIZE).root()), Progress.NONE)
                    .orThrow();
        }
    }

    @Test
    void machineBeginsWithACopyOfWhatTheFirmwareOfItsPointRemembered() throws IOException {
        byte[] memory = {1, 2, 3};
        point("one", Map.of(FirmwareMemory.ATTACHMENT, memory));
        Path here = FirmwareMemory.fromHome(home.machine("ledger", "op-1"));
        assertTrue(machines.prepare("ledger", "op-1", Map.of()).isDone());
        assertArrayEquals(memory, Files.readAllBytes(here));
        Files.write(here, new byte[9]);
        assertTrue(machines.prepare("ledger", "op-1", Map.of()).isDone());
        assertArrayEquals(memory, Files.readAllBytes(here), "the point stays as it is");
        point("two", Map.of());
        assertEquals(Outcome.done(), machines.prepare("ledger", "op-1", Map.of()));
        assertFalse(Files.exists(here), "this point has none");
    }
}
