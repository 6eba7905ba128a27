package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.standfest.demo.guest.GuestBuilder;
import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The ledger guest as the tests use it. */
final class Guest implements AutoCloseable {

    static final QemuHypervisor QEMU =
            new QemuHypervisor(QemuSettings.ofThisHost().with(Acceleration.EMULATION));
    private static final String ADDRESS = "127.0.0.1";
    private static final Duration BOOT_LIMIT = Duration.ofSeconds(180);

    private static final Duration OFF_LIMIT = Duration.ofSeconds(30);
    private static final long LARGER_BYTES = 400L << 20;

    final Machine machine;
    final int port;

    private Guest(Machine machine, int port) {
        this.machine = machine;
        this.port = port;
    }

    /** A fresh copy of the guest's disk; classes that run at a time share what is copied. */
    static synchronized DiskImage disk(Path file) {
        GuestBuilder builder = new GuestBuilder(cache());
        Path master = builder.build(step -> {}).orThrow();
        return DiskImage.raw(builder.copy(master, file).orThrow());
    }

    /** The same on a disk that is larger than what the guest knows of. */
    static DiskImage largerDisk(Path file) throws IOException {
        DiskImage disk = disk(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), LARGER_BYTES - 1);
        }
        return disk;
    }

    /** Where the guest's image and what it is made of are kept. */
    static Path cache() {
        return Path.of(
                System.getProperty(
                        "standfest.guest.cache",
                        System.getProperty("java.io.tmpdir") + "/standfest-guest-cache"));
    }

    static MachineDescription description(DiskBus bus, int port, DiskImage... images) {
        List<MachineDisk> disks = new java.util.ArrayList<>();
        for (DiskImage image : images) {
            disks.add(
                    new MachineDisk(
                            disks.isEmpty() ? "system" : "data" + disks.size(), image, bus));
        }
        MachineNic nic =
                new MachineNic(NicModel.VIRTIO, "", List.of(new PortForward(ADDRESS, port, 80)));
        return new MachineDescription(
                "ledger", "Ledger, test", 1, 256, disks, List.of(nic), Firmware.BIOS);
    }

    /** Starts and waits for the first positive answer. */
    static Guest boot(Path folder, DiskBus bus, DiskImage... images) throws IOException {
        int port = freePort();
        return boot(folder, description(bus, port, images), port);
    }

    /**
     * The same for a rehearsal: the guest reaches no network, and its forwards still lead to it.
     */
    static Guest rehearse(Path folder, DiskImage image) throws IOException {
        int port = freePort();
        return boot(
                description(DiskBus.VIRTIO, port, image),
                port,
                StartOptions.in(folder).inIsolation());
    }

    static Guest boot(Path folder, MachineDescription description, int port) {
        return boot(description, port, StartOptions.in(folder));
    }

    private static Guest boot(MachineDescription description, int port, StartOptions options) {
        return boot(QEMU, description, port, options);
    }

    /** Starts by any hypervisor and waits for the first positive answer. */
    static Guest boot(
            Hypervisor hypervisor, MachineDescription description, int port, StartOptions options) {
        long start = System.nanoTime();
        Machine machine = hypervisor.start(description, options).orThrow();
        Guest guest = new Guest(machine, port);
        while (guest.get("/health", 300).isEmpty()) {
            if (System.nanoTime() - start > BOOT_LIMIT.toNanos()) {
                machine.kill();
                throw new AssertionError("the guest did not answer");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return guest;
    }

    /** Whether the guest acknowledged the entry. */
    boolean append(String entry) {
        String text = entry.replace("%20", " ");
        return get("/cgi-bin/append?entry=" + entry, 20_000)
                .filter(line -> line.strip().endsWith(text))
                .isPresent();
    }

    List<String> ledger() {
        return get("/ledger", 20_000).orElseThrow().lines().toList();
    }

    Optional<String> get(String path, int limitMillis) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            URI.create("http://" + ADDRESS + ":" + port + path)
                                    .toURL()
                                    .openConnection();
            connection.setConnectTimeout(limitMillis);
            connection.setReadTimeout(limitMillis);
            if (connection.getResponseCode() != 200) {
                return Optional.empty();
            }
            try (var body = connection.getInputStream()) {
                return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    /** Asks the guest to switch itself off, and sees that it did. */
    void switchOff() throws IOException {
        assertEquals(Outcome.done(), machine.shutDown(OFF_LIMIT, AfterShutdown.END));
        assertEquals(MachineState.GONE, machine.state());
        assertTrue(Files.readString(machine.serialLog()).contains("standfest guest switches off"));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        machine.kill();
    }
}
