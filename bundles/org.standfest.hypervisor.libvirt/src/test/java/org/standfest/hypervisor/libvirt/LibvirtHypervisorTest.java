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

/** A machine whose starter died before it had remembered its process. */
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
        hypervisor = new LibvirtHypervisor(this::obeyed, QemuSettings.ofThisHost(), running);
        folder = new LibvirtFolder(temporary.resolve("machine"));
        folder.prepare();
        MachineDisk disk =
                new MachineDisk(
                        "disk",
                        new DiskImage(temporary.resolve("disk.raw"), DiskFormat.RAW),
                        DiskBus.VIRTIO);
        folder.remember(
                new MachineDescription(
                        "ledger", "Ledger", 1, 64, List.of(disk), List.of(), Firmware.BIOS));
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
}
