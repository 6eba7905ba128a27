package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.conformance.HypervisorConformance;
import org.standfest.hypervisor.conformance.HypervisorFixture;
import org.standfest.hypervisor.libvirt.LibvirtHypervisor;
import org.standfest.hypervisor.libvirt.LibvirtSnapshotProvider;
import org.standfest.hypervisor.libvirt.Virsh;
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** QEMU and a real libvirt keep the one contract of hypervisors; libvirt with a real guest. */
@Tag("engine")
class HypervisorTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final QemuSettings EMULATED =
            QemuSettings.ofThisHost().with(Acceleration.EMULATION);

    @TempDir Path folder;

    /** Nobody says how: a device file that is there and boots nothing must not be believed. */
    private static Hypervisor tried() {
        return new LibvirtHypervisor(Virsh.HOST, QemuSettings.ofThisHost());
    }

    private static Hypervisor libvirt() {
        return new LibvirtHypervisor(Virsh.HOST, EMULATED);
    }

    private final class Fixture implements HypervisorFixture {

        private final Supplier<Hypervisor> fresh;
        private int disks;

        Fixture(Supplier<Hypervisor> fresh) {
            this.fresh = fresh;
        }

        @Override
        public Hypervisor hypervisor() {
            return fresh.get();
        }

        @Override
        public Hypervisor again() {
            return fresh.get();
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public DiskImage disk() throws IOException {
            disks++;
            return DiskImage.raw(
                    Files.write(folder.resolve("disk-" + disks + ".raw"), new byte[1 << 20]));
        }

        @Override
        public boolean realGuests() {
            return true;
        }
    }

    @Test
    void qemuConforms() throws IOException {
        Fixture fixture = new Fixture(() -> new QemuHypervisor(EMULATED));
        assertEquals(List.of(), HypervisorConformance.breaches(fixture));
    }

    @Test
    void libvirtConforms() throws IOException {
        try (LibvirtDaemon _ = LibvirtDaemon.shared()) {
            assertEquals(
                    List.of(), HypervisorConformance.breaches(new Fixture(HypervisorTest::tried)));
            assertFalse(
                    LibvirtDaemon.virsh("list", "--all", "--name").contains("standfest-"),
                    "nothing stays defined");
        }
    }

    /**
     * The way of a return: what is written is tracked over the moment at which the guest is off.
     */
    @Test
    void aRealGuestIsSwitchedOffAndItsLastChangesAreReadAsChanges() throws Exception {
        try (LibvirtDaemon _ = LibvirtDaemon.shared()) {
            DiskImage base = Guest.disk(folder.resolve("base.raw"));
            String before = MachineTest.sha256(base.file());
            DiskImage overlay = libvirt().overlay(base, folder.resolve("over.qcow2")).orThrow();
            Path place = folder.resolve("machine");
            int port = Guest.freePort();
            var description = Guest.description(DiskBus.VIRTIO, port, overlay);
            try (Guest guest =
                    Guest.boot(libvirt(), description, port, StartOptions.in(place).outliving())) {
                assertTrue(guest.append("one"));
                Path picture = folder.resolve("console.png");
                assertEquals(Outcome.done(), guest.machine.screenshot(picture));
                assertTrue(Files.size(picture) > 100);
                assertInstanceOf(Changes.Unknown.class, changes(guest.machine, "", "t1"));
                assertTrue(guest.append("two"));
                Machine found = libvirt().find(place).orElseThrow();
                assertEquals(
                        Outcome.done(), found.shutDown(LIMIT, AfterShutdown.KEEP_DISKS_READABLE));
                Machine off = libvirt().find(place).orElseThrow();
                assertEquals(MachineState.POWERED_OFF, off.state());
                assertTrue(libvirt().use(overlay).orThrow().held());
                Changes.Tracked tracked =
                        assertInstanceOf(Changes.Tracked.class, changes(off, "t1", "t2"));
                long changed = tracked.ranges().stream().mapToLong(it -> it.sizeBytes()).sum();
                assertTrue(changed > 0 && changed < 64 << 20, () -> changed + " bytes");
                assertEquals(Outcome.done(), off.kill());
                assertTrue(libvirt().find(place).isEmpty());
            }
            assertEquals(before, MachineTest.sha256(base.file()));
            try (Guest again = Guest.boot(libvirt(), description, port, StartOptions.in(place))) {
                assertEquals(List.of("1 one", "2 two"), again.ledger());
            }
        }
    }

    private static Changes changes(Machine machine, String basis, String token) {
        VolumeSource disk =
                new VolumeSource(
                        "system",
                        VolumeKind.DISK,
                        "libvirt",
                        machine.diskAddress("system"),
                        machine.diskOptions());
        SnapshotRequest request =
                new SnapshotRequest(
                        "s",
                        List.of(disk),
                        Optional.of(basis).filter(it -> !it.isEmpty()),
                        Duration.ofSeconds(30));
        try (Snapshot snapshot = new LibvirtSnapshotProvider().take(request).orThrow()) {
            Changes changes = snapshot.disk("system").changes();
            snapshot.settle(new Settlement.Committed(token));
            return changes;
        }
    }
}
