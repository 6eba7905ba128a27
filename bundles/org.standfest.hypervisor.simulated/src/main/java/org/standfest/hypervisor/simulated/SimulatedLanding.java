package org.standfest.hypervisor.simulated;

import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.StartOptions;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Landing place {@code simulated}: raw images in {@code folder}, of at least {@code sizeBytes} or
 * {@code sizeBytes.VOLUME}, on another {@code bus}; the machine keeps its forwards.
 */
public final class SimulatedLanding implements ReturnTarget {

    private final SimulatedHypervisor hypervisor;

    /** For the machines of one hypervisor. */
    public SimulatedLanding(SimulatedHypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    @Override
    public String kind() {
        return "simulated";
    }

    private static long wanted(ReturnRequest request, String volume) {
        String all = request.options().getOrDefault("sizeBytes", "0");
        return Long.parseLong(request.options().getOrDefault("sizeBytes." + volume, all));
    }

    @Override
    public Outcome<ReturnSite> prepare(ReturnRequest request) {
        String named = request.options().get("folder");
        if (named == null) {
            return Outcome.refused(SimulatedTexts.explain("simulated.folder"));
        }
        Path folder = Path.of(named).toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            for (ReturnRequest.Volume volume : request.volumes()) {
                long size = Math.max(wanted(request, volume.name()), volume.sizeBytes());
                try (FileChannel channel = open(image(folder, volume.name()))) {
                    if (channel.size() < size) {
                        channel.write(ByteBuffer.allocate(1), size - 1);
                    }
                }
            }
            return Outcome.done(new Site(hypervisor, folder, request));
        } catch (IOException fault) {
            return Outcome.failed(
                    SimulatedTexts.explain("simulated.image", fault.getMessage()), fault);
        }
    }

    private static Path image(Path folder, String volume) {
        return folder.resolve(volume + ".raw");
    }

    private static FileChannel open(Path image) throws IOException {
        return FileChannel.open(
                image,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private record Site(SimulatedHypervisor hypervisor, Path folder, ReturnRequest request)
            implements ReturnSite {

        @Override
        public ReturnDisk disk(String volume) {
            return new LandingDisk(image(folder, volume));
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public Outcome<Started> start() {
            Optional<Machine> running = hypervisor.find(folder);
            if (running.isPresent()) {
                return Outcome.done(started(running.get()));
            }
            return MachineProperties.read(
                            request.machine(),
                            disk -> Optional.of(DiskImage.raw(image(folder, disk))))
                    .map(this::onOtherBus)
                    .then(machine -> hypervisor.start(machine, StartOptions.in(folder)))
                    .map(this::started);
        }

        private MachineDescription onOtherBus(MachineDescription machine) {
            String bus = request.options().get("bus");
            return bus == null
                    ? machine
                    : machine.withDisks(disk -> disk.withBus(DiskBus.valueOf(bus)));
        }

        private Started started(Machine machine) {
            List<VolumeSource> volumes =
                    request.volumes().stream()
                            .map(
                                    volume ->
                                            new VolumeSource(
                                                    volume.name(),
                                                    VolumeKind.DISK,
                                                    "simulated",
                                                    SimulatedDisks.address(folder, volume.name())))
                            .toList();
            Map<String, String> description = MachineProperties.write(machine.description());
            return new Started(volumes, description);
        }

        @Override
        public Outcome<Void> stop() {
            return hypervisor.find(folder).map(Machine::kill).orElseGet(Outcome::done);
        }

        @Override
        public Outcome<Void> discard() {
            if (hypervisor.find(folder).isPresent()) {
                return Outcome.refused(SimulatedTexts.explain("simulated.runs", folder));
            }
            try {
                for (ReturnRequest.Volume volume : request.volumes()) {
                    Files.deleteIfExists(image(folder, volume.name()));
                }
                return Outcome.done();
            } catch (IOException fault) {
                return Outcome.failed(
                        SimulatedTexts.explain("simulated.image", fault.getMessage()), fault);
            }
        }

        @Override
        public void close() {
            // files are opened for each access
        }
    }

    private record LandingDisk(Path image) implements ReturnDisk {

        @Override
        public long sizeBytes() {
            return image.toFile().length();
        }

        @Override
        public void write(long position, ByteBuffer content) throws IOException {
            try (FileChannel channel = open(image)) {
                long at = position;
                while (content.hasRemaining()) {
                    at += channel.write(content, at);
                }
            }
        }

        @Override
        public void zero(long position, long sizeBytes) throws IOException {
            ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
            try (FileChannel channel = open(image)) {
                for (long at = position; at < position + sizeBytes; ) {
                    zeros.clear()
                            .limit((int) Math.min(zeros.capacity(), position + sizeBytes - at));
                    at += channel.write(zeros, at);
                }
            }
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            try (FileChannel channel = open(image)) {
                return Math.max(0, channel.read(target, position));
            }
        }

        @Override
        public void flush() throws IOException {
            try (FileChannel channel = open(image)) {
                channel.force(false);
            }
        }
    }
}
