package org.standfest.hypervisor.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.HostProcess;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.qemu.QemuSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a real libvirt cannot be made to do at will; the real one is in the engine tests. */
class LibvirtHypervisorTest {

    @TempDir Path temporary;

    private final RecordedVirsh virsh = new RecordedVirsh();
    private Optional<Process> alive = Optional.empty();
    private LibvirtHypervisor hypervisor;
    private LibvirtFolder folder;
    private Path running;

    @BeforeEach
    void dieBetweenStartAndRemembering() throws IOException {
        running = Files.createDirectory(temporary.resolve("run"));
        hypervisor = new LibvirtHypervisor(this::obeyed, settings(), running);
        folder = new LibvirtFolder(temporary.resolve("machine"));
        folder.prepare();
        folder.remember(machine(Firmware.BIOS));
    }

    private MachineDescription machine(Firmware firmware) {
        MachineDisk disk =
                new MachineDisk(
                        "disk",
                        new DiskImage(temporary.resolve("disk.raw"), DiskFormat.RAW),
                        DiskBus.VIRTIO);
        return new MachineDescription(
                "ledger", "Ledger", 1, 64, List.of(disk), List.of(), firmware);
    }

    /** Of this host, with a firmware of the test's own. */
    private QemuSettings settings() {
        QemuSettings host = QemuSettings.ofThisHost();
        return new QemuSettings(
                host.system(),
                host.image(),
                host.inputOutput(),
                host.memory(),
                temporary.resolve("shelf"),
                host.forced());
    }

    private ProgramRunner.Result obeyed(Duration limit, List<String> words) {
        if (words.contains("destroy")) {
            alive.ifPresent(Process::destroy);
        }
        return virsh.run(limit, words);
    }

    private Process started(String guest) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", "read line", "-name", "guest=" + guest).start();
        alive = Optional.of(process);
        Files.writeString(running.resolve(folder.domain() + ".pid"), process.pid() + "\n");
        return process;
    }

    private void end(Process process) throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    @Test
    void aMachineThatRunsUnrememberedIsFoundAndEnded() throws IOException {
        Process process = started(folder.domain() + ",debug-threads=on");
        try {
            Machine found = hypervisor.find(folder.folder()).orElseThrow();
            assertEquals(process.pid(), found.pid());
            assertTrue(found.kill().isDone());
            assertEquals(1, virsh.count("destroy"));
        } finally {
            end(process);
        }
        assertEquals(Optional.empty(), hypervisor.find(folder.folder()), "the number stayed");
    }

    @Test
    void theProcessThatWasRememberedCountsBeforeTheNumber() throws IOException {
        Process process = started(folder.domain());
        try {
            HostProcess self = HostProcess.now(ProcessHandle.current().pid()).orElseThrow();
            folder.remember(self);
            assertEquals(self.pid(), hypervisor.find(folder.folder()).orElseThrow().pid());
        } finally {
            end(process);
        }
    }

    @Test
    void aNumberThatIsAnotherProcessesByNowIsNoMachine() throws IOException {
        for (String other : List.of(folder.domain() + "0", "other", "")) {
            Process process = started(other);
            try {
                assertEquals(Optional.empty(), hypervisor.find(folder.folder()), other);
            } finally {
                end(process);
            }
        }
        Files.writeString(running.resolve(folder.domain() + ".pid"), "none");
        assertEquals(Optional.empty(), hypervisor.find(folder.folder()));
    }

    @Test
    void theFirmwareGetsACopyOfWhatItRememberedAtHomeAndKeepsItsOwn() throws IOException {
        Path shelf = Files.createDirectory(temporary.resolve("shelf"));
        Files.writeString(shelf.resolve("OVMF_CODE.fd"), "code");
        Files.writeString(shelf.resolve("OVMF_VARS.fd"), "empty....");
        Path home = FirmwareMemory.fromHome(folder.folder());
        Files.writeString(home, "from home");
        folder.remember(machine(Firmware.UEFI));
        Process process = started(folder.domain());
        try {
            Machine found = hypervisor.find(folder.folder()).orElseThrow();
            assertEquals("from home", Files.readString(folder.variables()));
            Files.writeString(folder.variables(), "from here");
            hypervisor.find(folder.folder()).orElseThrow();
            assertEquals("from here", Files.readString(folder.variables()));
            assertEquals("from home", Files.readString(home));
            assertTrue(found.kill().isDone());
        } finally {
            end(process);
        }
        assertTrue(virsh.asked.stream().anyMatch(it -> it.contains("--keep-nvram")));
    }
}
