package org.standfest.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.demo.guest.GuestBuilder;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.Readiness;
import org.standfest.hypervisor.StartOptions;
import org.standfest.hypervisor.qemu.QemuHypervisor;
import org.standfest.hypervisor.qemu.QemuSettings;
import org.standfest.hypervisor.qemu.QmpSnapshotProvider;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@Tag("engine")
class ProcessTest {

    @TempDir Path folder;

    /**
     * Where the classes come from that the starter needs; the property would name only the test's
     * launcher.
     */
    private static String classPath() {
        return Stream.of(
                        StarterProcess.class,
                        Outcome.class,
                        StartOptions.class,
                        QemuHypervisor.class,
                        GuestBuilder.class,
                        ProgramRunner.class,
                        VolumeSource.class,
                        VolumeKind.class,
                        JsonObject.class)
                .map(
                        type ->
                                Path.of(
                                        URI.create(
                                                type.getProtectionDomain()
                                                        .getCodeSource()
                                                        .getLocation()
                                                        .toString())))
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Process starter(DiskImage disk, String life, String end) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                classPath(),
                                StarterProcess.class.getName(),
                                folder.resolve("machine").toString(),
                                disk.file().toString(),
                                life,
                                end)
                        .redirectErrorStream(true)
                        .start();
        String first = process.inputReader().readLine();
        assertEquals("started", first);
        return process;
    }

    @Test
    void aMachineThatMustOutliveItsStarterDoesSoEvenWhenThatIsKilledAndIsFoundAgain()
            throws Exception {
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        starter(disk, "outlive", "wait").destroyForcibly().waitFor();
        Machine found = Guest.QEMU.find(folder.resolve("machine")).orElseThrow();
        assertEquals("ledger", found.id());
        assertEquals(disk, found.description().disks().getFirst().image());
        assertEquals(MachineState.RUNNING, found.state());
        assertTrue(found.kill().isDone());
        assertTrue(Guest.QEMU.find(folder.resolve("machine")).isEmpty());
        assertFalse(Guest.QEMU.use(disk).orThrow().held());
    }

    @Test
    void aMachineThatMustNotOutliveItsStarterEndsWithIt() throws Exception {
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        starter(disk, "end", "leave").waitFor();
        for (int i = 0; i < 100 && Guest.QEMU.find(folder.resolve("machine")).isPresent(); i++) {
            Thread.sleep(50);
        }
        assertTrue(Guest.QEMU.find(folder.resolve("machine")).isEmpty());
    }

    @Test
    void aStoppedMachineIsNeverTakenForGone() throws Exception {
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        var description = Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk);
        Machine machine =
                Guest.QEMU.start(description, StartOptions.in(folder.resolve("machine"))).orThrow();
        QmpSnapshotProvider provider =
                new QmpSnapshotProvider(QemuSettings.ofThisHost(), InstantSource.system());
        VolumeSource volume =
                new VolumeSource(
                        "system", VolumeKind.DISK, "qmp", machine.controlSocket() + "#disk-system");
        try {
            assertEquals(Presence.State.THERE, provider.presence(volume).state());
            assertEquals(0, Copies.run("kill", "-STOP", Long.toString(machine.pid())));
            for (int i = 0; i < 4; i++) {
                assertEquals(Presence.State.UNKNOWN, provider.presence(volume).state());
                assertEquals(MachineState.UNKNOWN, machine.state());
            }
        } finally {
            assertTrue(machine.kill().isDone());
        }
        assertEquals(Presence.State.GONE, provider.presence(volume).state());
    }

    @Test
    void accelerationIsOnlyPromisedWhereAMachineReallyRunsWithIt() throws Exception {
        QemuSettings usual = QemuSettings.ofThisHost();
        QemuSettings fresh =
                new QemuSettings(
                        usual.system(),
                        usual.image(),
                        usual.inputOutput(),
                        folder.resolve("memory"),
                        usual.firmware(),
                        java.util.Optional.empty());
        QemuHypervisor hypervisor = new QemuHypervisor(fresh);
        Readiness readiness = hypervisor.ready().orThrow();
        assertEquals(readiness, new QemuHypervisor(fresh).ready().orThrow());
        DiskImage disk = Guest.disk(folder.resolve("disk.raw"));
        var description = Guest.description(DiskBus.VIRTIO, Guest.freePort(), disk);
        StartOptions options =
                StartOptions.in(folder.resolve("machine")).with(Acceleration.PROCESSOR);
        var started = hypervisor.start(description, options);
        assertEquals(readiness.accelerated(), started.isDone());
        started.result().ifPresent(Machine::kill);
    }
}
