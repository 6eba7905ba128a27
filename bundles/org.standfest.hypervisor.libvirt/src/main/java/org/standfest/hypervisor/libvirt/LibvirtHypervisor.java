package org.standfest.hypervisor.libvirt;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.standfest.host.HostProcess;
import org.standfest.host.ProgramRunner;
import org.standfest.host.Waiting;
import org.standfest.hypervisor.Acceleration;
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
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.hypervisor.qemu.QemuSaid;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.UefiFirmware;
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

/**
 * Machines by libvirt's daemon on this host ({@code qemu:///system}, the program {@code virsh}).
 * The same QEMU runs them, so images, firmware and the trial of the processor's acceleration are
 * QEMU's. A machine is defined for as long as it lives, so that libvirt's checkpoints of its disks
 * outlive the guest, and removed with it. Remembers nothing but what the first look said.
 *
 * <p>Needs libvirt 7.2 or newer and the right to manage machines.
 */
@Component(service = Hypervisor.class, property = "kind=libvirt")
public final class LibvirtHypervisor implements Hypervisor {

    static final String URI = "qemu:///system";

    private static final Duration ASK = Duration.ofSeconds(15);
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(5);
    private static final Path SELF = Path.of("/proc/self");

    private final Virsh virsh;
    private final QemuSettings settings;
    private final QemuHypervisor qemu;
    private final Path running;

    /** On this host. */
    @Activate
    public LibvirtHypervisor() {
        this(Virsh.HOST, QemuSettings.ofThisHost());
    }

    /**
     * @param virsh talks to libvirt
     * @param settings of the QEMU that it runs
     */
    public LibvirtHypervisor(Virsh virsh, QemuSettings settings) {
        this(virsh, settings, MachineDomain.RUNNING);
    }

    /**
     * @param running where libvirt writes down the numbers of its machines' processes
     */
    LibvirtHypervisor(Virsh virsh, QemuSettings settings, Path running) {
        this.virsh = virsh;
        this.settings = settings;
        this.qemu = new QemuHypervisor(settings);
        this.running = running;
    }

    private MachineDomain domain(LibvirtFolder folder) {
        return new MachineDomain(virsh, folder.domain(), running);
    }

    /**
     * The process of the folder's machine: the one that was remembered, or, when who started it
     * died before it had remembered it, the one that libvirt runs.
     */
    private Optional<HostProcess> process(LibvirtFolder folder) {
        return folder.process().or(domain(folder)::now);
    }

    @Override
    public String kind() {
        return "libvirt";
    }

    @Override
    public Outcome<Readiness> ready() {
        return qemu.ready().then(this::answering);
    }

    private Outcome<Readiness> answering(Readiness below) {
        try {
            ProgramRunner.Result said =
                    virsh.run(ASK, List.of("virsh", "-q", "-c", URI, "version"));
            return said.succeeded()
                    ? Outcome.done(
                            new Readiness(
                                    below.version(),
                                    below.accelerated(),
                                    "libvirt, " + below.detail()))
                    : Outcome.refused(LibvirtTexts.explain("not-ready", said.lastLine()));
        } catch (IOException fault) {
            return Outcome.refused(LibvirtTexts.explain("not-ready", fault.getMessage()));
        }
    }

    @Override
    public Optional<Explanation> problem(MachineDescription description) {
        return qemu.problem(description);
    }

    @Override
    public Outcome<Machine> start(MachineDescription description, StartOptions options) {
        Optional<Explanation> problem =
                problem(description)
                        .or(
                                () ->
                                        description.disks().stream()
                                                .map(MachineDisk::image)
                                                .map(DiskImage::file)
                                                .filter(file -> !Files.isWritable(file))
                                                .findFirst()
                                                .map(
                                                        file ->
                                                                LibvirtTexts.explain(
                                                                        "image-missing", file)));
        if (problem.isPresent()) {
            return Outcome.refused(problem.get());
        }
        return ready().then(readiness -> acceleration(options.acceleration(), readiness))
                .then(onProcessor -> startAlone(description, options, onProcessor));
    }

    /** A device file proves nothing: what counts is whether a machine came up with it. */
    private Outcome<Boolean> acceleration(Acceleration wanted, Readiness readiness) {
        Acceleration how = settings.forced().orElse(wanted);
        return how == Acceleration.PROCESSOR && !readiness.accelerated()
                ? Outcome.refused(LibvirtTexts.explain("no-acceleration"))
                : Outcome.done(how != Acceleration.EMULATION && readiness.accelerated());
    }

    /** Starts the machine unless one runs, or is being started by anybody, in the folder. */
    private Outcome<Machine> startAlone(
            MachineDescription description, StartOptions options, boolean onProcessor) {
        LibvirtFolder folder = new LibvirtFolder(options.folder());
        try {
            Files.createDirectories(options.folder());
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.lock(),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null || process(folder).isPresent()) {
                    return Outcome.refused(LibvirtTexts.explain("runs", description.id()));
                }
                folder.prepare();
                folder.remember(description);
                return launch(xml(description, folder, onProcessor), options);
            } catch (OverlappingFileLockException startedByUs) {
                return Outcome.refused(LibvirtTexts.explain("runs", description.id()));
            }
        } catch (IOException fault) {
            return Outcome.failed(
                    LibvirtTexts.explain("start", description.id(), fault.getMessage()), fault);
        }
    }

    private DomainXml xml(MachineDescription machine, LibvirtFolder folder, boolean onProcessor)
            throws IOException {
        Path home = FirmwareMemory.fromHome(folder.folder());
        Optional<UefiFirmware> uefi =
                machine.firmware() == Firmware.UEFI
                        ? UefiFirmware.in(settings.firmware(), home)
                        : Optional.empty();
        if (uefi.isPresent()) {
            uefi.get().remember(folder.variables(), home);
        }
        String owner =
                "+"
                        + Files.getAttribute(SELF, "unix:uid")
                        + ":+"
                        + Files.getAttribute(SELF, "unix:gid");
        return new DomainXml(folder.domain(), machine, folder, owner, uefi, onProcessor);
    }

    private Outcome<Machine> launch(DomainXml xml, StartOptions options) throws IOException {
        LibvirtFolder folder = xml.folder();
        MachineDomain domain = domain(folder);
        folder.beginSerialLog();
        // What a crash has left defined and not running; one that runs is not touched by it.
        domain.undefine();
        boolean started = false;
        try {
            domain.define(xml.file(), xml.text(true, options.isolated()));
            ProgramRunner.Result said = domain.run(options.limit(), "start");
            if (!said.succeeded()) {
                return Outcome.failed(fault(xml.machine().id(), said));
            }
            Optional<HostProcess> process = domain.process(PROCESS_LIMIT);
            if (process.isEmpty()) {
                return Outcome.failed(
                        LibvirtTexts.explain("start", xml.machine().id(), "no process"));
            }
            folder.remember(process.get());
            started = true;
            LibvirtMachine machine =
                    new LibvirtMachine(xml.machine(), folder, process.get(), domain, xml);
            if (!options.outlivesStarter()) {
                endWithUs(machine);
            }
            return Outcome.done(machine);
        } finally {
            if (!started) {
                domain.run(ASK, "destroy");
                domain.undefine();
            }
        }
    }

    private static Explanation fault(String machine, ProgramRunner.Result said) {
        if (QemuSaid.locked(said.output())) {
            return LibvirtTexts.explain("start-locked", machine);
        }
        return QemuSaid.takenForward(said.output())
                .map(forward -> LibvirtTexts.explain("start-port", machine, forward))
                .orElseGet(() -> LibvirtTexts.explain("start", machine, said.lastLine()));
    }

    /** The hook goes with the process, so that none pile up. */
    private static void endWithUs(LibvirtMachine machine) {
        Thread hook = new Thread(machine::kill, "end-machine-" + machine.pid());
        Runtime.getRuntime().addShutdownHook(hook);
        ProcessHandle.of(machine.pid())
                .ifPresent(handle -> handle.onExit().thenRun(() -> removeHook(hook)));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // The hook runs right now and finds the process gone.
        }
    }

    /** By its process, so that a daemon that does not answer makes no machine look gone. */
    @Override
    public Optional<Machine> find(Path place) {
        LibvirtFolder folder = new LibvirtFolder(place.toAbsolutePath().normalize());
        return process(folder)
                .flatMap(
                        process ->
                                folder.description().flatMap(what -> found(folder, process, what)));
    }

    private Optional<Machine> found(
            LibvirtFolder folder, HostProcess process, MachineDescription what) {
        try {
            return Optional.of(
                    new LibvirtMachine(
                            what, folder, process, domain(folder), xml(what, folder, false)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome<DiskImage> overlay(DiskImage base, Path overlay) {
        return qemu.overlay(base, overlay);
    }

    @Override
    public Outcome<ImageUse> use(DiskImage image) {
        return qemu.use(image);
    }

    /** Waits for a process to end. */
    static boolean gone(HostProcess process, Duration limit) {
        return Waiting.until(() -> !process.lives(), limit);
    }
}
