package org.standfest.hypervisor.simulated;

import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.ImageUse;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.Readiness;
import org.standfest.hypervisor.StartOptions;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs simulated machines. They live as long as this object, so one object that outlives a server
 * plays the host that outlives it. Only raw images. An "overlay" is a sparse copy. Safe for any
 * thread.
 */
public final class SimulatedHypervisor implements Hypervisor {

    private static final int COPY_BYTES = 64 * 1024;

    private final InstantSource clock;
    private final Duration boot;
    private final Map<Path, SimulatedMachine> machines = new ConcurrentHashMap<>();

    /**
     * @param boot how long a machine takes until its service answers
     */
    public SimulatedHypervisor(InstantSource clock, Duration boot) {
        this.clock = clock;
        this.boot = boot;
    }

    @Override
    public String kind() {
        return "simulated";
    }

    @Override
    public Outcome<Readiness> ready() {
        return Outcome.done(new Readiness("simulated 1", false, "nothing is real"));
    }

    @Override
    public Outcome<Machine> start(MachineDescription description, StartOptions options) {
        synchronized (machines) {
            if (find(options.folder()).isPresent()) {
                return Outcome.refused(SimulatedTexts.explain("simulated.runs", options.folder()));
            }
            for (MachineDisk disk : description.disks()) {
                if (disk.image().format() != DiskFormat.RAW || !Files.exists(disk.image().file())) {
                    return Outcome.refused(
                            SimulatedTexts.explain("simulated.image", disk.image().file()));
                }
                if (held(disk.image().file())) {
                    return Outcome.refused(
                            SimulatedTexts.explain("simulated.held", disk.image().file()));
                }
            }
            SimulatedMachine machine =
                    new SimulatedMachine(description, options.folder(), clock, boot);
            try {
                machine.begin();
            } catch (IOException fault) {
                return Outcome.failed(
                        SimulatedTexts.explain("simulated.start", fault.getMessage()), fault);
            }
            machines.put(options.folder(), machine);
            return Outcome.done(machine);
        }
    }

    @Override
    public Optional<Machine> find(Path folder) {
        return machine(folder).map(found -> found);
    }

    Optional<SimulatedMachine> machine(Path folder) {
        return Optional.ofNullable(machines.get(folder.toAbsolutePath().normalize()))
                .filter(found -> found.state() != MachineState.GONE);
    }

    @Override
    public Outcome<DiskImage> overlay(DiskImage base, Path overlay) {
        try (FileChannel from = FileChannel.open(base.file(), StandardOpenOption.READ);
                FileChannel to =
                        FileChannel.open(
                                overlay, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(from, to);
            return Outcome.done(DiskImage.raw(overlay));
        } catch (IOException fault) {
            return Outcome.failed(
                    SimulatedTexts.explain("simulated.image", fault.getMessage()), fault);
        }
    }

    /** Leaves holes where the source has zeros. */
    static void copy(FileChannel from, FileChannel to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(COPY_BYTES);
        ByteBuffer zeros = ByteBuffer.allocate(COPY_BYTES);
        long size = from.size();
        for (long position = 0; position < size; position += COPY_BYTES) {
            block.clear();
            from.read(block, position);
            block.flip();
            boolean last = position + COPY_BYTES >= size;
            if (last || !block.equals(zeros.slice(0, block.remaining()))) {
                to.write(block, position);
            }
        }
    }

    @Override
    public Outcome<ImageUse> use(DiskImage image) {
        boolean held = held(image.file());
        return Outcome.done(
                new ImageUse(
                        held,
                        SimulatedTexts.explain(
                                held ? "simulated.held" : "simulated.free", image.file())));
    }

    private boolean held(Path image) {
        return machines.values().stream()
                .filter(machine -> machine.state() != MachineState.GONE)
                .flatMap(machine -> machine.description().disks().stream())
                .anyMatch(disk -> disk.image().file().equals(image));
    }
}
