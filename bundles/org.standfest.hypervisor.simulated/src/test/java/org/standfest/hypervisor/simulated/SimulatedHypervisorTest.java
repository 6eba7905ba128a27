package org.standfest.hypervisor.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;

class SimulatedHypervisorTest {

    private final SimulatedHypervisor host =
            new SimulatedHypervisor(Clock.systemUTC(), Duration.ZERO);

    @TempDir Path folder;
    private Path image;
    private int port;

    @BeforeEach
    void format() throws IOException {
        image = folder.resolve("disk.raw");
        LedgerDisk.format(image, 4 << 20);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    private MachineDescription machine(Path disk) {
        return new MachineDescription(
                "ledger",
                "Ledger",
                1,
                64,
                List.of(new MachineDisk("disk", DiskImage.raw(disk), DiskBus.VIRTIO)),
                List.of(
                        new MachineNic(
                                NicModel.VIRTIO,
                                "",
                                List.of(new PortForward("127.0.0.1", port, 80)))),
                Firmware.BIOS);
    }

    private String get(String path) throws IOException {
        try (var in = URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return new String(in.readAllBytes());
        }
    }

    @Test
    void aMachineServesItsDiskAndIsFoundByItsFolder() throws IOException {
        StartOptions options = StartOptions.in(folder.resolve("machine"));
        Machine machine = host.start(machine(image), options).orThrow();
        assertEquals("written\n", get("/append?one"));
        assertEquals(List.of("one"), LedgerDisk.read(image));
        assertTrue(host.find(folder.resolve("machine")).isPresent());
        assertTrue(host.use(DiskImage.raw(image)).orThrow().held());
        assertInstanceOf(Outcome.Refused.class, host.start(machine(image), options));
        machine.shutDown(Duration.ofSeconds(1), AfterShutdown.KEEP_DISKS_READABLE).orThrow();
        assertEquals(MachineState.POWERED_OFF, machine.state());
        assertTrue(host.find(folder.resolve("machine")).isPresent());
        machine.kill().orThrow();
        assertFalse(host.find(folder.resolve("machine")).isPresent());
        assertTrue(Files.readString(machine.serialLog()).startsWith("booted"));
    }

    @Test
    void anOverlayLeavesItsBaseAlone() throws IOException {
        Path overlay = folder.resolve("overlay.raw");
        host.overlay(DiskImage.raw(image), overlay).orThrow();
        host.start(machine(overlay), StartOptions.in(folder.resolve("machine"))).orThrow();
        get("/append?one");
        assertEquals(List.of(), LedgerDisk.read(image));
        assertEquals(List.of("one"), LedgerDisk.read(overlay));
    }

    @Test
    void aTakenPortIsAFailureThatLeavesNothingRunning() {
        host.start(machine(image), StartOptions.in(folder.resolve("one"))).orThrow();
        Path other = folder.resolve("other.raw");
        host.overlay(DiskImage.raw(image), other).orThrow();
        assertInstanceOf(
                Outcome.Failed.class,
                host.start(machine(other), StartOptions.in(folder.resolve("two"))));
        assertFalse(host.use(DiskImage.raw(other)).orThrow().held());
    }

    @Test
    void bothCatalogsHaveTheSameKeys() throws IOException {
        assertEquals(keys("messages.properties"), keys("messages_de.properties"));
    }

    private static Object keys(String file) throws IOException {
        Properties properties = new Properties();
        try (var in = SimulatedHypervisor.class.getResourceAsStream(file)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.keySet());
    }
}
