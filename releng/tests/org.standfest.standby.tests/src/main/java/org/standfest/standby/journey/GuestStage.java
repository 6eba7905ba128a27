package org.standfest.standby.journey;

import org.standfest.demo.guest.GuestBuilder;
import org.standfest.hypervisor.Acceleration;
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
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.hypervisor.qemu.QemuReturnTarget;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.management.PositiveTest;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.probe.network.BindProbe;
import org.standfest.probe.network.HttpProbe;
import org.standfest.probe.network.TcpProbe;
import org.standfest.standby.Partners;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A guest that really boots, serves at its primary and is protected by a real standby. */
public final class GuestStage implements AutoCloseable {

    private final Path folder;
    private final QemuHypervisor qemu;
    private final InetSocketAddress service;
    private final Machine primary;
    private final JourneyStage stage;

    /** Starts it and waits until the standby has seen its service. */
    public GuestStage(Path folder) throws IOException {
        this.folder = folder;
        QemuSettings settings = QemuSettings.ofThisHost().with(Acceleration.EMULATION);
        qemu = new QemuHypervisor(settings);
        QmpSnapshotProvider disks = new QmpSnapshotProvider(settings, Clock.systemUTC());
        service = new InetSocketAddress(InetAddress.getLoopbackAddress(), JourneyStage.freePort());
        primary = qemu.start(machine(), StartOptions.in(folder.resolve("primary"))).orThrow();
        Partners partners =
                Partners.of(
                        List.of(qemu),
                        List.of(new HttpProbe(), new TcpProbe(), new BindProbe()),
                        List.of(disks),
                        List.of());
        stage =
                new JourneyStage(
                        folder, partners, List.of(disks), List.of(new QemuReturnTarget(qemu)));
        stage.runAgent("agent-one", "disk=qmp:" + primary.controlSocket() + "#disk-disk");
        JourneyStage.await(() -> !stage.client().systems().orThrow().isEmpty());
        stage.client().configure("ledger", settings()).orThrow();
        JourneyStage.await(() -> stage.system().lastPositiveAt().isPresent());
    }

    /** The standby with its agents. */
    public JourneyStage stage() {
        return stage;
    }

    /** What its machines run on. */
    public QemuHypervisor qemu() {
        return qemu;
    }

    /** The machine at home. */
    public Machine primary() {
        return primary;
    }

    /** Where the service answers. */
    public InetSocketAddress service() {
        return service;
    }

    private static Path disk(Path target) {
        String cache =
                System.getProperty(
                        "standfest.guest.cache",
                        System.getProperty("java.io.tmpdir") + "/standfest-guest-cache");
        GuestBuilder builder = new GuestBuilder(Path.of(cache));
        Path master = builder.build(_ -> {}).orThrow();
        return builder.copy(master, target).orThrow();
    }

    private MachineDescription machine() {
        DiskImage image = DiskImage.raw(disk(folder.resolve("primary.raw")));
        PortForward forward = new PortForward("127.0.0.1", service.getPort(), 80);
        return new MachineDescription(
                "ledger",
                "Ledger",
                1,
                256,
                List.of(new MachineDisk("disk", image, DiskBus.VIRTIO)),
                List.of(new MachineNic(NicModel.VIRTIO, "", List.of(forward))),
                Firmware.BIOS);
    }

    private SystemSettings settings() {
        return new SystemSettings(
                Optional.of(
                        new PositiveTest(
                                "http", "127.0.0.1", service.getPort(), "/health", 500, 10_000)),
                Optional.empty(),
                List.of(),
                StandbyHardware.AS_DESCRIBED,
                300_000);
    }

    @Override
    public void close() {
        stage.close();
        primary.kill();
        qemu.find(folder.resolve("new-hardware").resolve("machine")).ifPresent(Machine::kill);
    }
}
