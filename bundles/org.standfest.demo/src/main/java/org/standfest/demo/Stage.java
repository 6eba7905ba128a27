package org.standfest.demo;

import org.standfest.demo.guest.GuestBuilder;
import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.management.OperationStatus;
import org.standfest.management.OperatorAccess;
import org.standfest.management.PositiveTest;
import org.standfest.management.ReturnOrder;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.management.WitnessReport;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where the journey happens: folders, the primary host (played by this process), the standby and
 * the agent (real products). One for one journey, used by its thread; the service watch has a
 * thread of its own.
 */
final class Stage {

    private static final Catalog TEXTS = Catalog.beside(Stage.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String DISK = "disk0";
    private static final String AGENT = "primary-host";
    private static final int GUEST_PORT = 80;
    private static final int GUEST_MEMORY_MIB = 256;
    private static final long GROWTH_BYTES = 128L << 20;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;
    private static final DiskBus NEW_BUS = DiskBus.SCSI;

    private final Path home;
    private final Path cache;
    private final Children children;
    private final Hypervisor hypervisor;
    private final Locale locale;
    private final int servicePort;
    private final OperatorAccess operator;
    private String standbyAddress = "";
    private Machine primary;
    private String pointDigest = "";

    Stage(Path home, Path cache, Children children, Hypervisor hypervisor, Locale locale)
            throws IOException {
        this.home = home;
        this.cache = cache;
        this.children = children;
        this.hypervisor = hypervisor;
        this.locale = locale;
        this.servicePort = freePort();
        this.operator = new OperatorAccess(home.resolve("operator"), locale);
    }

    /** The two systems of the journey. */
    static final class Systems {
        /** The guest, a machine. */
        static final String LEDGER = "ledger";

        /** A tree of files. */
        static final String FILES = "files";

        private Systems() {}
    }

    /** The service as its users reach it. */
    Ledger ledger() {
        return new Ledger(LOOPBACK, servicePort, Duration.ofSeconds(3));
    }

    /**
     * The service as one looks for it while a guest starts: a question asked too early is never
     * answered, so it is asked anew soon.
     */
    private Ledger lookout() {
        return new Ledger(LOOPBACK, servicePort, Duration.ofMillis(400));
    }

    /** Whether the service answers, by somebody in a hurry. */
    boolean serves() {
        return lookout().healthy();
    }

    /**
     * Builds the guest, or takes it from the cache, and puts a fresh copy onto the primary host.
     */
    Outcome<Long> buildGuest(Consumer<String> progress) {
        GuestBuilder builder = new GuestBuilder(cache);
        return builder.build(key -> progress.accept(TEXTS.text(locale, "guest." + key)))
                .then(image -> builder.copy(image, primaryDisk()))
                .then(this::sizeOf);
    }

    /** Starts the standby and enrols its first operator. */
    Outcome<StandbyClient> startStandby() throws InterruptedException {
        Path folder = home.resolve("standby");
        Outcome<Process> started =
                children.start(
                        "standby",
                        List.of(
                                "run",
                                "--home",
                                folder.toString(),
                                "--port",
                                "0",
                                "--bind",
                                LOOPBACK));
        if (!(started instanceof Outcome.Done<Process>(Process process))) {
            return started.map(_ -> null);
        }
        Outcome<String> port = awaitFile(process, "standby", folder.resolve("port"));
        Outcome<String> code = awaitFile(process, "standby", folder.resolve("first-operator-code"));
        return port.then(
                number -> {
                    standbyAddress = LOOPBACK + ":" + number;
                    return code.then(it -> operator.enrol(standbyAddress, it))
                            .then(_ -> operator.open());
                });
    }

    /** Where the standby listens. */
    String standbyAddress() {
        return standbyAddress;
    }

    /** Starts the guest on the primary host. */
    Outcome<Machine> startPrimary() {
        MachineDescription description =
                new MachineDescription(
                        Systems.LEDGER + "-primary",
                        "Ledger",
                        1,
                        GUEST_MEMORY_MIB,
                        List.of(
                                new MachineDisk(
                                        DISK,
                                        new DiskImage(primaryDisk(), DiskFormat.RAW),
                                        DiskBus.VIRTIO)),
                        List.of(
                                new MachineNic(
                                        NicModel.VIRTIO,
                                        "",
                                        List.of(
                                                new PortForward(
                                                        LOOPBACK, servicePort, GUEST_PORT)))),
                        Firmware.BIOS);
        StartOptions options =
                StartOptions.in(home.resolve("primary")).with(Acceleration.EMULATION).outliving();
        Outcome<Machine> started = hypervisor.start(description, options);
        started.result().ifPresent(machine -> primary = machine);
        return started;
    }

    /** Enrols the agent, lets it protect both systems and starts it. */
    Outcome<Process> startAgent(StandbyClient standby) throws InterruptedException {
        try {
            makeFiles();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", home, fault.getMessage()), fault);
        }
        String folder = home.resolve("agent").toString();
        Outcome<String> code = standby.inviteAgent(AGENT).map(it -> it.code());
        if (!(code instanceof Outcome.Done<String>(String word))) {
            return code.map(_ -> null);
        }
        String source = "qmp:" + primary.controlSocket() + "#disk-" + DISK;
        List<List<String>> calls =
                List.of(
                        List.of(
                                "enrol",
                                "--home",
                                folder,
                                "--standby",
                                standbyAddress,
                                "--code",
                                word),
                        List.of(
                                "protect",
                                "--home",
                                folder,
                                "--system",
                                Systems.LEDGER,
                                "--disk",
                                DISK + "=" + source),
                        List.of(
                                "protect",
                                "--home",
                                folder,
                                "--system",
                                Systems.FILES,
                                "--tree",
                                "files=" + files()));
        for (List<String> call : calls) {
            Outcome<String> done = children.run("agent", call);
            if (!done.isDone()) {
                return done.map(_ -> null);
            }
        }
        Outcome<Process> agent = children.start("agent", List.of("run", "--home", folder));
        return agent.isDone() ? awaitAgent(standby, agent) : agent;
    }

    private Outcome<Process> awaitAgent(StandbyClient standby, Outcome<Process> agent)
            throws InterruptedException {
        for (long waited = 0; waited < START_LIMIT.toMillis(); waited += POLL_MILLIS) {
            boolean both =
                    standby.systems().result().orElse(List.of()).stream()
                                    .filter(it -> it.agentConnected())
                                    .count()
                            == 2;
            if (both) {
                return agent;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return Outcome.failed(
                TEXTS.explain(
                        "demo.product-failed",
                        "agent run",
                        "-",
                        children.tail("agent"),
                        home.resolve("logs")));
    }

    /**
     * Tells the standby how the service is tested and which address an emergency machine takes
     * over.
     */
    Outcome<?> configure(StandbyClient standby) {
        PositiveTest test = new PositiveTest("http", LOOPBACK, servicePort, "/health", 500, 2_000);
        return standby.configure(
                Systems.LEDGER,
                new SystemSettings(
                        Optional.of(test),
                        Optional.empty(),
                        List.of(),
                        new StandbyHardware(
                                0,
                                0,
                                List.of(
                                        new org.standfest.management.PortForward(
                                                LOOPBACK, servicePort, GUEST_PORT))),
                        120_000));
    }

    /** Cuts the primary's power: ends its process without a word. */
    Outcome<Instant> killPrimary(InstantSource clock) {
        Instant now = clock.instant();
        ProcessHandle.of(primary.pid()).ifPresent(ProcessHandle::destroyForcibly);
        return Outcome.done(now);
    }

    /** From now on looks for the service until it is there again, and tells when it first was. */
    void watchService(InstantSource clock, Consumer<Instant> served) {
        Thread.ofVirtual()
                .name("service-watch")
                .start(
                        () -> {
                            try {
                                while (!serves()) {
                                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                                }
                                served.accept(clock.instant());
                            } catch (InterruptedException ended) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** The newest recovery point of the ledger in its native form: a plain file. */
    Outcome<Path> newestImage() {
        try (Stream<Path> all = Files.walk(home.resolve("standby"))) {
            return all.filter(path -> path.endsWith(Path.of("current", DISK + ".img")))
                    .findFirst()
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.failed(TEXTS.explain("demo.not-committed", DISK)));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", home, fault.getMessage()), fault);
        }
    }

    /** The newest recovery point of the file tree in its native form: a plain folder. */
    private Optional<Path> newestTree() throws IOException {
        try (Stream<Path> all = Files.walk(home.resolve("standby"))) {
            return all.filter(path -> path.endsWith(Path.of("current", Systems.FILES))).findFirst();
        }
    }

    /** SHA-256 of a file, remembered as the recovery point's. */
    Outcome<String> digest(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            pointDigest = HexFormat.of().formatHex(digest.digest());
            return Outcome.done(pointDigest);
        } catch (IOException | NoSuchAlgorithmException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", file, fault.getMessage()), fault);
        }
    }

    /** Whether the file is still the same to the byte as when it was last digested. */
    Outcome<Boolean> emergencyLeavesAlone(Path file) {
        String before = pointDigest;
        return digest(file).map(before::equals);
    }

    /** What is asked of the return: a larger disk on another bus, the same address. */
    ReturnOrder returnOrder(long imageBytes) {
        return new ReturnOrder(
                Systems.LEDGER,
                AGENT,
                List.of(
                        new ReturnOrder.TargetDisk(
                                DISK,
                                imageBytes + GROWTH_BYTES,
                                NEW_BUS.name().toLowerCase(Locale.ROOT))),
                "qemu",
                Map.of(
                        "folder",
                        home.resolve("new-hardware").toString(),
                        "forwards",
                        LOOPBACK + ":" + servicePort + ":" + GUEST_PORT,
                        "acceleration",
                        Acceleration.EMULATION.name()));
    }

    /** The new machine's bus in words. */
    String newBus() {
        return NEW_BUS.name();
    }

    /** Size of the disk in the new machine. */
    Outcome<Long> newDiskBytes() {
        try (Stream<Path> all = Files.walk(home.resolve("new-hardware"))) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> path.toString().matches(".*\\.(img|raw)"))
                    .findFirst()
                    .map(this::sizeOf)
                    .orElseGet(() -> Outcome.failed(TEXTS.explain("demo.not-committed", DISK)));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", home, fault.getMessage()), fault);
        }
    }

    /** Changes the file tree as its users would. */
    Outcome<Void> changeFiles() {
        try {
            new FileTree(files()).change();
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", files(), fault.getMessage()), fault);
        }
    }

    /** What differs between the file tree and its newest recovery point. */
    Outcome<List<String>> compareFiles() {
        try {
            Optional<Path> copy = newestTree();
            return copy.isEmpty()
                    ? Outcome.failed(TEXTS.explain("demo.not-committed", Systems.FILES))
                    : Outcome.done(TreeComparison.differences(files(), copy.get()));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", files(), fault.getMessage()), fault);
        }
    }

    /** What a witness said, in three words. */
    static String witnessInWords(WitnessReport report, Locale locale) {
        String key =
                switch (report.verdict()) {
                    case GREEN -> "witness.positive";
                    case YELLOW -> "witness.inconclusive";
                    case RED -> "witness.negative";
                };
        return TEXTS.text(locale, key, report.witness());
    }

    /** Where a running operation is, in one line. */
    static String progressInWords(OperationStatus status, Course course) {
        return status.doneBytes() < 0 || status.totalBytes() <= 0
                ? course.text(
                        "progress", status.stepNumber(), status.stepCount(), status.stepName())
                : course.text(
                        "progress.bytes",
                        status.stepNumber(),
                        status.stepCount(),
                        status.stepName(),
                        course.bytes(status.doneBytes()),
                        course.bytes(status.totalBytes()));
    }

    private void makeFiles() throws IOException {
        new FileTree(files()).make();
    }

    private Path files() {
        return home.resolve("files");
    }

    private Path primaryDisk() {
        return home.resolve("primary").resolve(DISK + ".raw");
    }

    private Outcome<Long> sizeOf(Path file) {
        try {
            return Outcome.done(Files.size(file));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("demo.folder", file, fault.getMessage()), fault);
        }
    }

    private Outcome<String> awaitFile(Process process, String product, Path file)
            throws InterruptedException {
        for (long waited = 0; waited < START_LIMIT.toMillis(); waited += POLL_MILLIS) {
            try {
                if (Files.isRegularFile(file)) {
                    return Outcome.done(Files.readString(file, StandardCharsets.UTF_8).strip());
                }
            } catch (IOException notYet) {
                // Read while it appears: the next look will see it whole.
                continue;
            }
            if (!process.isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return Outcome.failed(
                TEXTS.explain(
                        "demo.product-failed",
                        product + " run",
                        process.isAlive() ? "-" : process.exitValue(),
                        children.tail(product),
                        home.resolve("logs")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
