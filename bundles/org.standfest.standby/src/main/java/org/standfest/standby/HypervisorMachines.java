package org.standfest.standby;

import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.management.SystemSettings;
import org.standfest.recovery.plans.BootReport;
import org.standfest.recovery.plans.EmergencyMachines;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PointAccess;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Emergency machines on this host's hypervisors. All that must be remembered lies in the machine's
 * folder, so machines are found again by whoever starts next. Safe for any thread.
 */
final class HypervisorMachines implements EmergencyMachines {

    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(60);
    private static final int LAST_WORDS = 400;
    private static final String OVERLAY = ".overlay";

    private final StandbyHome home;
    private final ImagePool pool;
    private final SystemRecords records;
    private final Partners partners;
    private final IntSupplier freePort;
    private final NewestImage newest;
    private final ImageFitting fitting;

    HypervisorMachines(
            StandbyHome home,
            ImagePool pool,
            SystemRecords records,
            Partners partners,
            IntSupplier freePort) {
        this.home = home;
        this.pool = pool;
        this.records = records;
        this.partners = partners;
        this.freePort = freePort;
        this.newest = new NewestImage(pool, records, partners);
        this.fitting = new ImageFitting(records, newest, partners::adapters);
    }

    /** The newest image of every system, and which hypervisor would start it. */
    NewestImage newest() {
        return newest;
    }

    @Override
    public Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware) {
        if (find(systemId, machine).isPresent()) {
            return Outcome.refused(StandbyTexts.explain("standby.machine-runs", machine));
        }
        Optional<RecoveryPoint> point = newest.point(systemId);
        if (point.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.no-point", systemId));
        }
        Path folder = home.machine(systemId, machine);
        return discard(systemId, machine)
                .then(_ -> newest.hypervisor(systemId))
                .then(
                        hypervisor ->
                                overlays(hypervisor, systemId, point.get(), folder)
                                        .then(
                                                images ->
                                                        firmwareMemory(
                                                                        systemId,
                                                                        point.get(),
                                                                        folder)
                                                                .map(_ -> images))
                                        .then(images -> describe(point.get(), images))
                                        .then(
                                                found ->
                                                        MachineFit.here(
                                                                found,
                                                                machine,
                                                                records.settings(systemId)
                                                                        .hardware(),
                                                                hardware))
                                        .then(found -> save(hypervisor, found, folder)));
    }

    private Outcome<Map<String, DiskImage>> overlays(
            Hypervisor hypervisor, String systemId, RecoveryPoint point, Path folder) {
        Map<String, DiskImage> images = new HashMap<>();
        try {
            Files.createDirectories(folder);
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
        for (PooledVolume disk : NewestImage.disks(point)) {
            Outcome<DiskImage> overlay =
                    pool.newestImage(systemId, disk.name())
                            .then(
                                    base ->
                                            hypervisor.overlay(
                                                    DiskImage.raw(base),
                                                    folder.resolve(disk.name() + OVERLAY)));
            if (!(overlay instanceof Outcome.Done<DiskImage>(DiskImage image))) {
                return overlay.map(_ -> images);
            }
            images.put(disk.name(), image);
        }
        return Outcome.done(images);
    }

    /** What the firmware remembered at home begins here, too, on a copy as the disks do. */
    private Outcome<Void> firmwareMemory(String systemId, RecoveryPoint point, Path folder) {
        PointAccess access = pool.access();
        String name = FirmwareMemory.ATTACHMENT;
        return access.attachments(systemId, point.number())
                .then(
                        all ->
                                all.containsKey(name)
                                        ? access.attachment(systemId, point.number(), name)
                                                .then(found -> keep(found, folder))
                                        : Outcome.done());
    }

    private static Outcome<Void> keep(ByteBuffer memory, Path folder) {
        byte[] bytes = new byte[memory.remaining()];
        memory.get(bytes);
        try {
            Files.write(FirmwareMemory.fromHome(folder), bytes);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    private static Outcome<MachineDescription> describe(
            RecoveryPoint point, Map<String, DiskImage> images) {
        return MachineProperties.read(
                point.description(), disk -> Optional.ofNullable(images.get(disk)));
    }

    /** Fits overlays to the hardware here. */
    ImageFitting fitting() {
        return fitting;
    }

    @Override
    public boolean adapts(String systemId) {
        return fitting.chosen(systemId).isPresent();
    }

    @Override
    public Outcome<List<String>> adapt(String systemId, String machine, BooleanSupplier cancelled) {
        Path folder = home.machine(systemId, machine);
        if (find(systemId, machine).isPresent()) {
            return Outcome.refused(StandbyTexts.explain("standby.machine-runs", machine));
        }
        Outcome<Void> clean =
                ImageFitting.begun(folder) ? prepare(systemId, machine, Map.of()) : Outcome.done();
        return clean.then(_ -> MachineSheet.load(folder))
                .then(sheet -> adapted(systemId, sheet, folder, cancelled));
    }

    private Outcome<List<String>> adapted(
            String systemId, MachineSheet sheet, Path folder, BooleanSupplier cancelled) {
        return hypervisor(sheet)
                .then(
                        hypervisor ->
                                sheet.description(folder)
                                        .then(
                                                here ->
                                                        fitting.adapt(
                                                                systemId, here, folder, cancelled))
                                        .then(
                                                adapted ->
                                                        save(hypervisor, adapted.machine(), folder)
                                                                .map(_ -> adapted.changes())));
    }

    private static Outcome<Void> save(
            Hypervisor hypervisor, MachineDescription machine, Path folder) {
        try {
            MachineSheet.of(hypervisor.kind(), machine).save(folder);
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    @Override
    public Outcome<Void> start(String systemId, String machine) {
        Path folder = home.machine(systemId, machine);
        if (running(systemId, machine)) {
            return Outcome.done();
        }
        return MachineSheet.load(folder)
                .then(
                        sheet ->
                                hypervisor(sheet)
                                        .then(hypervisor -> start(hypervisor, sheet, folder)));
    }

    private static Outcome<Void> start(Hypervisor hypervisor, MachineSheet sheet, Path folder) {
        return sheet.description(folder)
                .then(found -> hypervisor.start(found, StartOptions.in(folder).outliving()))
                .map(_ -> null);
    }

    @Override
    public Outcome<Integer> startIsolated(String systemId, String machine) {
        Path folder = home.machine(systemId, machine);
        SystemSettings settings = records.settings(systemId);
        return MachineSheet.load(folder)
                .then(
                        sheet ->
                                hypervisor(sheet)
                                        .then(
                                                hypervisor ->
                                                        isolated(
                                                                hypervisor,
                                                                sheet,
                                                                folder,
                                                                settings)));
    }

    private Outcome<Integer> isolated(
            Hypervisor hypervisor, MachineSheet sheet, Path folder, SystemSettings settings) {
        return sheet.description(folder)
                .then(
                        found -> {
                            Optional<Integer> guestPort = MachineFit.testedPort(found, settings);
                            if (guestPort.isEmpty()) {
                                return Outcome.refused(
                                        StandbyTexts.explain("standby.no-test-port", found.name()));
                            }
                            int port = freePort.getAsInt();
                            MachineDescription alone =
                                    MachineFit.reachable(
                                            found,
                                            List.of(
                                                    new PortForward(
                                                            "127.0.0.1", port, guestPort.get())));
                            return hypervisor
                                    .start(alone, StartOptions.in(folder).inIsolation())
                                    .map(_ -> port);
                        });
    }

    private Outcome<Hypervisor> hypervisor(MachineSheet sheet) {
        return partners.hypervisor(sheet.hypervisor())
                .map(Outcome::done)
                .orElseGet(
                        () ->
                                Outcome.refused(
                                        StandbyTexts.explain(
                                                "standby.hypervisor-gone", sheet.hypervisor())));
    }

    /** The machine if its process lives. */
    Optional<Machine> find(String systemId, String machine) {
        Path folder = home.machine(systemId, machine);
        return MachineSheet.load(folder)
                .result()
                .flatMap(sheet -> partners.hypervisor(sheet.hypervisor()))
                .flatMap(hypervisor -> hypervisor.find(folder));
    }

    /** Kind of the hypervisor of a machine. */
    Optional<String> hypervisorOf(String systemId, String machine) {
        return MachineSheet.load(home.machine(systemId, machine))
                .result()
                .map(MachineSheet::hypervisor);
    }

    /** All machines of a system, running or not. */
    List<String> machines(String systemId) {
        Path folder = home.system(systemId).resolve("emergency");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(one -> one.getFileName().toString()).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /**
     * What was written over a machine's images.
     *
     * @param bytes how much; -1 if it cannot be read
     * @param lastAt when last; empty if nothing was
     */
    record Written(long bytes, Optional<Instant> lastAt) {}

    /** What a machine has written over its images so far. */
    Written written(String systemId, String machine) {
        long bytes = 0;
        Optional<Instant> last = Optional.empty();
        try (Stream<Path> files = Files.list(home.machine(systemId, machine))) {
            for (Path file : files.filter(one -> one.toString().endsWith(OVERLAY)).toList()) {
                bytes += Files.size(file);
                Instant at = Files.getLastModifiedTime(file).toInstant();
                last = last.filter(at::isBefore).or(() -> Optional.of(at));
            }
            return new Written(bytes, last);
        } catch (IOException _) {
            return new Written(-1, Optional.empty());
        }
    }

    @Override
    public void keepProof(String systemId, String machine, BootReport report) {
        Optional<Machine> found = find(systemId, machine);
        Path log =
                found.map(Machine::serialLog)
                        .orElse(home.machine(systemId, machine).resolve("serial.log"));
        new ProofShelf(home).keep(systemId, found, log, report);
    }

    @Override
    public boolean running(String systemId, String machine) {
        return find(systemId, machine)
                .filter(found -> found.state() == MachineState.RUNNING)
                .isPresent();
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String machine) {
        Optional<Machine> found = find(systemId, machine);
        if (found.isEmpty()) {
            return Outcome.failed(StandbyTexts.explain("standby.machine-gone", machine));
        }
        return found.get().state() == MachineState.POWERED_OFF
                ? Outcome.done()
                : found.get().shutDown(SHUTDOWN_LIMIT, AfterShutdown.KEEP_DISKS_READABLE);
    }

    @Override
    public Outcome<Void> end(String systemId, String machine) {
        return find(systemId, machine).map(Machine::kill).orElseGet(Outcome::done);
    }

    @Override
    public Outcome<Void> discard(String systemId, String machine) {
        if (find(systemId, machine).isPresent()) {
            return Outcome.refused(StandbyTexts.explain("standby.machine-runs", machine));
        }
        Path folder = home.machine(systemId, machine);
        if (!Files.isDirectory(folder)) {
            return Outcome.done();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-write", fault.getMessage()), fault);
        }
    }

    @Override
    public String lastWords(String systemId, String machine) {
        Path log =
                find(systemId, machine)
                        .map(Machine::serialLog)
                        .orElse(home.machine(systemId, machine).resolve("serial.log"));
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - LAST_WORDS));
            ByteBuffer bytes = ByteBuffer.allocate(LAST_WORDS);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        } catch (IOException _) {
            return "";
        }
    }
}
