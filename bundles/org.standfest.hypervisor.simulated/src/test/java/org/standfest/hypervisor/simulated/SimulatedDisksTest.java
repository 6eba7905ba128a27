package org.standfest.hypervisor.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.StartOptions;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.source.conformance.SnapshotConformance;
import org.standfest.replication.source.conformance.SourceFixture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The simulated disks keep the contract of all sources. */
class SimulatedDisksTest {

    @TempDir Path folder;

    private final SimulatedHypervisor host =
            new SimulatedHypervisor(Clock.systemUTC(), Duration.ZERO);

    private final class Fixture implements SourceFixture {

        private final Path image;
        private SnapshotProvider provider = new SimulatedDisks(host, Clock.systemUTC());

        Fixture(Path image) {
            this.image = image;
        }

        @Override
        public SnapshotProvider provider() {
            return provider;
        }

        @Override
        public SnapshotProvider restart() {
            provider = new SimulatedDisks(host, Clock.systemUTC());
            return provider;
        }

        private VolumeSource volume(Path machine, VolumeKind kind) {
            return new VolumeSource(
                    "disk", kind, "simulated", SimulatedDisks.address(machine, "disk"));
        }

        @Override
        public List<VolumeSource> volumes() {
            return List.of(volume(folder.resolve("machine"), VolumeKind.DISK));
        }

        @Override
        public VolumeSource absent() {
            return volume(folder.resolve("no-machine"), VolumeKind.DISK);
        }

        @Override
        public void write(VolumeSource disk, long position, byte[] content) throws IOException {
            try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content), position);
            }
        }

        @Override
        public boolean freezes() {
            return true;
        }

        @Override
        public boolean tracks() {
            return false;
        }

        @Override
        public List<String> leftOvers() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("snapshot"))
                        .toList();
            }
        }

        @Override
        public Optional<VolumeSource> wrongKind() {
            return Optional.of(volume(folder.resolve("machine"), VolumeKind.TREE));
        }
    }

    @Test
    void conform() throws IOException {
        Path image = folder.resolve("disk.raw");
        LedgerDisk.format(image, 4 << 20);
        MachineDescription description =
                new MachineDescription(
                        "ledger",
                        "Ledger",
                        1,
                        64,
                        List.of(new MachineDisk("disk", DiskImage.raw(image), DiskBus.VIRTIO)),
                        List.of(),
                        Firmware.BIOS);
        Machine machine =
                host.start(description, StartOptions.in(folder.resolve("machine"))).orThrow();
        try {
            assertEquals(List.of(), SnapshotConformance.breaches(new Fixture(image)));
        } finally {
            machine.kill();
        }
    }
}
