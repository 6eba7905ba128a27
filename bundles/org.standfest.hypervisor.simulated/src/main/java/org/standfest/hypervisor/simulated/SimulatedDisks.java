package org.standfest.hypervisor.simulated;

import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Provider {@code simulated}: consistent copies of the disks of running simulated machines.
 * Addresses are {@code CONTROL_SOCKET#disk-NAME}. Changes are not tracked.
 */
public final class SimulatedDisks implements SnapshotProvider {

    private static final String SUFFIX = ".raw";

    private final SimulatedHypervisor hypervisor;
    private final InstantSource clock;

    /** For the machines of one hypervisor. */
    public SimulatedDisks(SimulatedHypervisor hypervisor, InstantSource clock) {
        this.hypervisor = hypervisor;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "simulated";
    }

    /** The address of a disk. */
    public static String address(Path machineFolder, String disk) {
        return machineFolder.toAbsolutePath().normalize().resolve("simulated") + "#disk-" + disk;
    }

    private Optional<SimulatedMachine> machine(VolumeSource volume) {
        String socket = volume.address().replaceFirst("#.*", "");
        return hypervisor.machine(Path.of(socket).getParent());
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        Optional<SimulatedMachine> found = machine(request.volumes().getFirst());
        if (found.isEmpty()) {
            return Outcome.refused(SimulatedTexts.explain("simulated.gone", request.systemId()));
        }
        SimulatedMachine machine = found.get();
        for (VolumeSource volume : request.volumes()) {
            boolean ours =
                    volume.kind() == VolumeKind.DISK
                            && volume.provider().equals(kind())
                            && machine(volume).equals(found)
                            && image(machine, volume).isPresent();
            if (!ours) {
                return Outcome.refused(SimulatedTexts.explain("simulated.gone", volume.name()));
            }
        }
        Map<String, Path> copies = new HashMap<>();
        machine.disks().lock();
        try {
            Instant takenAt = clock.instant();
            for (VolumeSource volume : request.volumes()) {
                Path image = image(machine, volume).orElseThrow();
                Path copy = Files.createTempFile(image.getParent(), prefix(image), SUFFIX);
                copies.put(volume.name(), copy);
                copy(image, copy);
            }
            return Outcome.done(
                    new Taken(takenAt, copies, MachineProperties.write(machine.description())));
        } catch (IOException fault) {
            copies.values().forEach(SimulatedDisks::delete);
            return Outcome.failed(
                    SimulatedTexts.explain("simulated.image", fault.getMessage()), fault);
        } finally {
            machine.disks().unlock();
        }
    }

    @Override
    public Outcome<Void> tidy(List<VolumeSource> volumes) {
        for (VolumeSource volume : volumes) {
            Optional<Path> image = machine(volume).flatMap(it -> image(it, volume));
            if (image.isPresent()) {
                try (Stream<Path> files = Files.list(image.get().getParent())) {
                    String prefix = prefix(image.get());
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .forEach(SimulatedDisks::delete);
                } catch (IOException fault) {
                    return Outcome.failed(
                            SimulatedTexts.explain("simulated.image", fault.getMessage()), fault);
                }
            }
        }
        return Outcome.done();
    }

    private static String prefix(Path image) {
        return "snapshot-" + image.getFileName() + '-';
    }

    private static Optional<Path> image(SimulatedMachine machine, VolumeSource volume) {
        String disk = volume.address().replaceFirst(".*#disk-", "");
        return machine.description().disks().stream()
                .filter(one -> one.name().equals(disk))
                .map(MachineDisk::image)
                .findFirst()
                .map(image -> image.file());
    }

    private static void copy(Path image, Path copy) throws IOException {
        try (FileChannel from = FileChannel.open(image, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            SimulatedHypervisor.copy(from, to);
        }
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException stays) {
            // it lies beside the machine and goes with it
        }
    }

    @Override
    public Presence presence(VolumeSource volume) {
        boolean there = machine(volume).isPresent();
        return new Presence(
                there ? Presence.State.THERE : Presence.State.GONE,
                SimulatedTexts.explain(
                        there ? "simulated.there" : "simulated.gone", volume.name()));
    }

    private record Taken(Instant takenAt, Map<String, Path> copies, Map<String, String> machine)
            implements Snapshot {

        @Override
        public DiskView disk(String volume) {
            return new CopiedDisk(copy(volume));
        }

        private Path copy(String volume) {
            Path copy = copies.get(volume);
            if (copy == null) {
                throw new IllegalArgumentException(volume);
            }
            return copy;
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public boolean frozen() {
            return true;
        }

        @Override
        public void settle(Settlement settlement) {
            // nothing is tracked
        }

        @Override
        public void close() {
            copies.values().forEach(SimulatedDisks::delete);
        }
    }

    private record CopiedDisk(Path copy) implements DiskView {

        @Override
        public long sizeBytes() {
            return copy.toFile().length();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ)) {
                return Math.max(0, channel.read(target, position));
            }
        }

        @Override
        public Changes changes() {
            return new Changes.Unknown(SimulatedTexts.explain("simulated.untracked"));
        }

        @Override
        public List<ByteRange> allocated() {
            return List.of(new ByteRange(0, sizeBytes()));
        }
    }
}
