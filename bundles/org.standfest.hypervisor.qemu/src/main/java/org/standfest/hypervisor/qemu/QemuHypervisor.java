package org.standfest.hypervisor.qemu;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.HostProcess;
import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.host.Waiting;
import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.ImageUse;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.Readiness;
import org.standfest.hypervisor.StartOptions;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * QEMU on this host: one process a machine, in a session of its own, fenced by QEMU's sandbox, with
 * its state in the machine's folder. Remembers nothing but what the first look at QEMU said.
 */
@Component(property = "kind=qemu")
public final class QemuHypervisor implements Hypervisor {

    private static final Catalog TEXTS = Catalog.beside(QemuHypervisor.class);
    private static final Pattern VERSION = Pattern.compile("version (\\S+)");
    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(15);

    private final QemuSettings settings;
    private final QemuTools tools;
    private final AtomicReference<Readiness> seen = new AtomicReference<>();

    /** QEMU as it lies on this host. */
    @Activate
    public QemuHypervisor() {
        this(QemuSettings.ofThisHost());
    }

    /** QEMU as the settings say. */
    public QemuHypervisor(QemuSettings settings) {
        this.settings = settings;
        this.tools = new QemuTools(settings);
    }

    @Override
    public String kind() {
        return "qemu";
    }

    @Override
    public Outcome<Readiness> ready() {
        Optional<Explanation> missing = missing();
        if (missing.isPresent()) {
            return Outcome.refused(missing.get());
        }
        Readiness before = seen.get();
        if (before != null) {
            return Outcome.done(before);
        }
        try {
            ProgramRunner.Result answer =
                    new HostPrograms().run(List.of(settings.system(), "--version"), PROGRAM_LIMIT);
            Matcher matcher = VERSION.matcher(answer.output());
            if (!answer.succeeded() || !matcher.find()) {
                return Outcome.failed(
                        TEXTS.explain("qemu.broken", settings.system(), answer.lastLine()));
            }
            String version = matcher.group(1);
            boolean accelerated =
                    settings.forced().isPresent()
                            ? settings.forced().get() == Acceleration.PROCESSOR
                            : new AccelerationTrial(settings).works(version);
            String detail = "QEMU " + version + (accelerated ? ", KVM" : ", TCG");
            seen.set(new Readiness(version, accelerated, detail));
            return Outcome.done(seen.get());
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("qemu.broken", settings.system(), fault.getMessage()), fault);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("qemu.cancelled"), cancelled);
        }
    }

    private Optional<Explanation> missing() {
        boolean system = HostPrograms.locate(settings.system()).isPresent();
        boolean image =
                HostPrograms.locate(settings.image()).isPresent()
                        && HostPrograms.locate(settings.inputOutput()).isPresent();
        if (system && image) {
            return Optional.empty();
        }
        String packages = (system ? "" : "qemu-system-x86 ") + (image ? "" : "qemu-utils");
        return Optional.of(TEXTS.explain("qemu.missing", packages.strip()));
    }

    @Override
    public Outcome<Machine> start(MachineDescription description, StartOptions options) {
        Optional<Explanation> unfit = unfit(description);
        if (unfit.isPresent()) {
            return Outcome.refused(unfit.get());
        }
        return accelerated(options.acceleration())
                .then(onProcessor -> startAlone(description, options, onProcessor));
    }

    /** Starts the machine unless one runs, or is being started by anybody, in the folder. */
    private Outcome<Machine> startAlone(
            MachineDescription description, StartOptions options, boolean onProcessor) {
        MachineFolder folder = new MachineFolder(options.folder(), settings);
        try {
            PrivateFolder.ensure(options.folder());
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.lock(),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null || folder.process().isPresent()) {
                    return Outcome.refused(TEXTS.explain("qemu.runs", description.id()));
                }
                folder.prepare();
                folder.writeDescription(description);
                Path home = FirmwareMemory.fromHome(options.folder());
                Optional<UefiFirmware> uefi = uefi(description, home);
                if (uefi.isPresent()) {
                    uefi.get().remember(folder.variables(), home);
                }
                List<String> words =
                        QemuCommandLine.of(
                                settings,
                                description,
                                folder,
                                uefi,
                                onProcessor,
                                options.isolated());
                return launch(description, folder, options, words);
            } catch (OverlappingFileLockException startedByUs) {
                return Outcome.refused(TEXTS.explain("qemu.runs", description.id()));
            }
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("qemu.start", description.id(), fault.getMessage()), fault);
        }
    }

    private Optional<UefiFirmware> uefi(MachineDescription description, Path home) {
        return description.firmware() == Firmware.UEFI
                ? UefiFirmware.in(settings.firmware(), home)
                : Optional.empty();
    }

    @Override
    public Optional<Explanation> problem(MachineDescription description) {
        Optional<Explanation> missing = missing();
        if (missing.isPresent()) {
            return missing;
        }
        if (description.firmware() == Firmware.UEFI
                && UefiFirmware.in(settings.firmware()).isEmpty()) {
            return Optional.of(TEXTS.explain("qemu.uefi", description.id()));
        }
        long ide = description.disks().stream().filter(disk -> disk.bus() == DiskBus.IDE).count();
        if (ide > 4) {
            return Optional.of(TEXTS.explain("qemu.ide", description.id(), ide));
        }
        return Optional.empty();
    }

    /** What makes a description impossible here. */
    private Optional<Explanation> unfit(MachineDescription description) {
        Optional<Explanation> problem = problem(description);
        if (problem.isPresent()) {
            return problem;
        }
        for (MachineDisk disk : description.disks()) {
            if (!Files.isWritable(disk.image().file())) {
                return Optional.of(TEXTS.explain("qemu.image-missing", disk.image().file()));
            }
        }
        return Optional.empty();
    }

    private Outcome<Boolean> accelerated(Acceleration wanted) {
        Acceleration how = settings.forced().orElse(wanted);
        if (how == Acceleration.EMULATION) {
            return Outcome.done(false);
        }
        return ready().then(
                        readiness ->
                                how == Acceleration.PROCESSOR && !readiness.accelerated()
                                        ? Outcome.refused(TEXTS.explain("qemu.no-acceleration"))
                                        : Outcome.done(readiness.accelerated()));
    }

    private static Outcome<Machine> launch(
            MachineDescription description,
            MachineFolder folder,
            StartOptions options,
            List<String> words)
            throws IOException {
        Files.deleteIfExists(folder.serialLog());
        Process process =
                new ProcessBuilder(words)
                        .directory(options.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(folder.programLog().toFile())
                        .start();
        boolean started = false;
        try {
            boolean answers =
                    Waiting.until(() -> !process.isAlive() || answers(folder), options.limit());
            Optional<HostProcess> identity = HostProcess.now(process.pid());
            if (!answers || !process.isAlive() || identity.isEmpty()) {
                String output = output(folder);
                String last = output.isBlank() ? "?" : output.lines().toList().getLast();
                return Outcome.failed(QemuTools.startFault(description.id(), output, last));
            }
            folder.writeProcess(identity.get());
            started = true;
            Machine machine = new QemuMachine(description, folder, identity.get());
            if (!options.outlivesStarter()) {
                endWithUs(identity.get());
            }
            return Outcome.done(machine);
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
    }

    /**
     * The process must not outlive this Java process; the hook goes with the process, so that none
     * pile up.
     */
    private static void endWithUs(HostProcess process) {
        Thread hook = new Thread(process::kill, "end-machine-" + process.pid());
        Runtime.getRuntime().addShutdownHook(hook);
        ProcessHandle.of(process.pid())
                .ifPresent(handle -> handle.onExit().thenRun(() -> removeHook(hook)));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook runs right now and finds the process gone.
        }
    }

    private static boolean answers(MachineFolder folder) {
        if (!Files.exists(folder.ownSocket())) {
            return false;
        }
        try (QmpClient _ = new QmpClient(folder.ownSocket(), Duration.ofSeconds(2))) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String output(MachineFolder folder) throws IOException {
        try (var stream = Files.newInputStream(folder.programLog())) {
            return new String(stream.readNBytes(16 * 1024));
        }
    }

    @Override
    public Optional<Machine> find(Path folder) {
        MachineFolder state = new MachineFolder(folder.toAbsolutePath().normalize(), settings);
        return state.process()
                .flatMap(
                        process ->
                                state.description()
                                        .map(what -> new QemuMachine(what, state, process)));
    }

    @Override
    public Outcome<DiskImage> overlay(DiskImage base, Path overlay) {
        Optional<Explanation> missing = missing();
        return missing.isPresent() ? Outcome.refused(missing.get()) : tools.overlay(base, overlay);
    }

    @Override
    public Outcome<ImageUse> use(DiskImage image) {
        Optional<Explanation> missing = missing();
        return missing.isPresent() ? Outcome.refused(missing.get()) : tools.use(image);
    }
}
