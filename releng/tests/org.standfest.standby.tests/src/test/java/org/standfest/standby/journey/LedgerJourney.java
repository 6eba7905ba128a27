package org.standfest.standby.journey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.simulated.LedgerDisk;
import org.standfest.hypervisor.simulated.SimulatedDisks;
import org.standfest.hypervisor.simulated.SimulatedHypervisor;
import org.standfest.hypervisor.simulated.SimulatedLanding;
import org.standfest.management.Action;
import org.standfest.management.OperationStatus;
import org.standfest.management.PositiveTest;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.probe.network.BindProbe;
import org.standfest.probe.network.HttpProbe;
import org.standfest.probe.network.TcpProbe;
import org.standfest.results.Outcome;
import org.standfest.standby.Partners;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A ledger that is protected by a real agent at a real standby, over real TLS and into a real pool;
 * only the machines are simulated.
 */
abstract class LedgerJourney {

    static final int DISK_BYTES = 4 << 20;
    @TempDir Path folder;
    final Clock clock = Clock.systemUTC();
    final SimulatedHypervisor primaryHost = new SimulatedHypervisor(clock, Duration.ofMillis(50));
    final SimulatedHypervisor standbyHost = new SimulatedHypervisor(clock, Duration.ofMillis(300));
    final NotingAdapter adapter = new NotingAdapter();
    JourneyStage stage;
    InetSocketAddress service;
    Machine primary;

    @BeforeEach
    void start() throws Exception {
        stage =
                new JourneyStage(
                        folder,
                        partners(),
                        List.of(new SimulatedDisks(primaryHost, clock)),
                        List.of(new SimulatedLanding(primaryHost)));
        service = new InetSocketAddress(InetAddress.getLoopbackAddress(), JourneyStage.freePort());
        LedgerDisk.format(folder.resolve("primary.raw"), DISK_BYTES);
        primary =
                primaryHost
                        .start(primaryMachine(), StartOptions.in(folder.resolve("primary")))
                        .orThrow();
        stage.runAgent(
                "agent-one",
                "disk=simulated:" + SimulatedDisks.address(folder.resolve("primary"), "disk"));
        await(() -> !client().systems().orThrow().isEmpty());
        client().configure("ledger", systemSettings()).orThrow();
        await(() -> write("first"));
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    StandbyClient client() {
        return stage.client();
    }

    static void await(BooleanSupplier condition) {
        JourneyStage.await(condition);
    }

    SystemStatus system() {
        return stage.system();
    }

    OperationStatus succeeded(Outcome<OperationStatus> begun) {
        return stage.succeeded(begun);
    }

    OperationStatus finished(OperationStatus begun) {
        return stage.finished(begun);
    }

    Partners partners() {
        return Partners.of(
                List.of(standbyHost),
                List.of(new HttpProbe(), new TcpProbe(), new BindProbe()),
                List.of(new SimulatedDisks(standbyHost, clock)),
                List.of(adapter));
    }

    MachineDescription primaryMachine() {
        return new MachineDescription(
                "ledger",
                "Ledger",
                1,
                64,
                List.of(
                        new MachineDisk(
                                "disk",
                                DiskImage.raw(folder.resolve("primary.raw")),
                                DiskBus.VIRTIO)),
                List.of(
                        new MachineNic(
                                NicModel.VIRTIO,
                                "",
                                List.of(new PortForward("127.0.0.1", service.getPort(), 80)))),
                Firmware.BIOS);
    }

    SystemSettings systemSettings() {
        return new SystemSettings(
                Optional.of(
                        new PositiveTest(
                                "http", "127.0.0.1", service.getPort(), "/health", 200, 10_000)),
                Optional.empty(),
                List.of(),
                StandbyHardware.AS_DESCRIBED,
                120_000);
    }

    boolean write(String entry) {
        try {
            return Loopback.get(service, "/append?" + entry).contains("written");
        } catch (IOException _) {
            return false;
        }
    }

    String ledger() throws IOException {
        return Loopback.get(service, "/ledger").replaceFirst("(?s).*\r\n\r\n", "");
    }

    void outage() {
        primary.kill();
        await(() -> system().state() == SystemState.OUTAGE);
    }

    OperationStatus activated() {
        succeeded(client().begin("ledger", Action.REPLICATE));
        outage();
        return succeeded(client().begin("ledger", Action.ACTIVATE));
    }

    Path image() {
        return folder.resolve("standby/pool/systems/ledger/current/disk.img");
    }
}
