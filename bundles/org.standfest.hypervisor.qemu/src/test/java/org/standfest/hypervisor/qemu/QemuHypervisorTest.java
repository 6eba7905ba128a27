package org.standfest.hypervisor.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.host.HostProcess;
import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.FirmwareMemory;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class QemuHypervisorTest {

    @TempDir Path folder;

    private MachineDescription machine(Path image, Firmware firmware, int ideDisks) {
        var disks = new java.util.ArrayList<MachineDisk>();
        disks.add(new MachineDisk("system", new DiskImage(image, DiskFormat.RAW), DiskBus.VIRTIO));
        for (int i = 0; i < ideDisks; i++) {
            disks.add(
                    new MachineDisk(
                            "ide" + i, new DiskImage(image, DiskFormat.QCOW2), DiskBus.IDE));
        }
        MachineNic nic =
                new MachineNic(
                        NicModel.VIRTIO, "", List.of(new PortForward("127.0.0.1", 8080, 80)));
        return new MachineDescription(
                "m", "Comma, and \"quote\"", 2, 128, disks, List.of(nic), firmware);
    }

    private QemuSettings settings(String system) {
        return new QemuSettings(
                system,
                "sh",
                "sh",
                folder.resolve("memory"),
                folder.resolve("firmware"),
                Optional.empty());
    }

    @Test
    void whatCouldNotBeStartedIsKnownBeforeItIsNeededAndWithoutItsImages() {
        QemuHypervisor hypervisor = new QemuHypervisor(settings("sh"));
        Path nowhere = folder.resolve("nowhere");
        assertEquals(
                Optional.of("qemu.uefi"),
                hypervisor.problem(machine(nowhere, Firmware.UEFI, 0)).map(Explanation::code));
        assertEquals(
                Optional.of("qemu.ide"),
                hypervisor.problem(machine(nowhere, Firmware.BIOS, 5)).map(Explanation::code));
        assertEquals(Optional.empty(), hypervisor.problem(machine(nowhere, Firmware.BIOS, 1)));
    }

    @Test
    void aHostWithoutQemuSaysWhatToInstall() throws IOException {
        QemuHypervisor hypervisor = new QemuHypervisor(settings("no-such-qemu"));
        Path image = Files.createFile(folder.resolve("i"));
        for (var outcome :
                List.of(
                        hypervisor.ready(),
                        hypervisor.start(
                                machine(image, Firmware.BIOS, 0),
                                StartOptions.in(folder.resolve("m"))),
                        hypervisor.overlay(DiskImage.raw(image), folder.resolve("o")),
                        hypervisor.use(DiskImage.raw(image)))) {
            assertEquals("qemu.missing", outcome.problem().orElseThrow().code());
            assertEquals(List.of("qemu-system-x86"), outcome.problem().orElseThrow().arguments());
        }
        assertTrue(hypervisor.find(folder.resolve("m")).isEmpty());
    }

    @Test
    void whatCannotRunHereIsRefusedBeforeAnythingIsTouched() throws IOException {
        QemuHypervisor hypervisor = new QemuHypervisor(settings("sh"));
        Path image = Files.createFile(folder.resolve("i"));
        StartOptions options = StartOptions.in(folder.resolve("m"));
        assertEquals(
                "qemu.uefi",
                hypervisor
                        .start(machine(image, Firmware.UEFI, 0), options)
                        .problem()
                        .orElseThrow()
                        .code());
        assertEquals(
                "qemu.ide",
                hypervisor
                        .start(machine(image, Firmware.BIOS, 5), options)
                        .problem()
                        .orElseThrow()
                        .code());
        assertEquals(
                "qemu.image-missing",
                hypervisor
                        .start(machine(folder.resolve("none"), Firmware.BIOS, 0), options)
                        .problem()
                        .orElseThrow()
                        .code());
        assertFalse(Files.exists(folder.resolve("m")));
    }

    @Test
    void theCommandLineKeepsNamesAndPathsApartFromOptions() {
        Path odd = folder.resolve("a,readonly=on \"x\"");
        MachineFolder state = new MachineFolder(folder.resolve("with,comma"), settings("qemu"));
        List<String> words =
                QemuCommandLine.of(
                        settings("qemu"),
                        machine(odd, Firmware.BIOS, 1),
                        state,
                        Optional.empty(),
                        false,
                        true);
        assertTrue(words.contains("guest=Comma,, and \"quote\""));
        assertTrue(words.stream().anyMatch(word -> word.contains("readonly=on \\\"x\\\"\"")));
        assertTrue(words.stream().anyMatch(word -> word.contains("with,,comma")));
        assertTrue(
                words.stream()
                        .anyMatch(
                                word ->
                                        word.contains(
                                                "restrict=on,hostfwd=tcp:127.0.0.1:8080-:80")));
        assertTrue(words.contains("pc,accel=tcg"));
    }

    @Test
    void aMachineWithUefiBeginsWithWhatItsFirmwareRememberedAtHome() throws IOException {
        Path shelf = Files.createDirectory(folder.resolve("firmware"));
        for (String size : List.of("_4M.fd", ".fd")) {
            Files.writeString(shelf.resolve("OVMF_CODE" + size), "code");
            Files.writeString(shelf.resolve("OVMF_VARS" + size), "new" + size);
        }
        Path home = FirmwareMemory.fromHome(folder);
        Path memory = folder.resolve("memory");
        // Here the length stands for the size of the flash: a large one, a small one, neither.
        Map<String, String> codes =
                Map.of("old_4M.fd", "_4M.fd", "old.fd", ".fd", "of another kind", "_4M.fd");
        for (String brought : codes.keySet()) {
            Files.writeString(home, brought);
            UefiFirmware firmware = UefiFirmware.in(shelf, home).orElseThrow();
            Files.deleteIfExists(memory);
            firmware.remember(memory, home);
            assertEquals(shelf.resolve("OVMF_CODE" + codes.get(brought)), firmware.code());
            boolean fits = brought.startsWith("old");
            assertEquals(fits ? brought : "new_4M.fd", Files.readString(memory), brought);
        }
    }

    @Test
    void aMachineWithUefiSharesTheCodeAndKeepsWhatItRemembers() throws IOException {
        Path shelf = Files.createDirectory(folder.resolve("firmware"));
        assertEquals(Optional.empty(), UefiFirmware.in(shelf));
        Files.writeString(shelf.resolve("OVMF_CODE.fd"), "code");
        assertEquals(Optional.empty(), UefiFirmware.in(shelf), "half of it is none");
        Files.writeString(shelf.resolve("OVMF_VARS.fd"), "fresh");
        UefiFirmware firmware = UefiFirmware.in(shelf).orElseThrow();
        MachineFolder state = new MachineFolder(folder.resolve("m,1"), settings("qemu"));
        state.prepare();
        Path home = FirmwareMemory.fromHome(folder.resolve("m,1"));
        firmware.remember(state.variables(), home);
        assertEquals("fresh", Files.readString(state.variables()));
        Files.writeString(state.variables(), "remembered");
        Files.writeString(home, "home!");
        firmware.remember(state.variables(), home);
        assertEquals("remembered", Files.readString(state.variables()));
        List<String> words =
                QemuCommandLine.of(
                        settings("qemu"),
                        machine(folder.resolve("i"), Firmware.UEFI, 0),
                        state,
                        Optional.of(firmware),
                        false,
                        true);
        assertTrue(
                words.stream()
                        .anyMatch(word -> word.matches(".*unit=0,readonly=on,.*OVMF_CODE.fd")));
        assertTrue(
                words.stream().anyMatch(word -> word.matches(".*unit=1,.*m,,1/uefi-variables.fd")));
    }

    @Test
    void addressesOfCardsAreStableAndDiffer() {
        assertEquals(QemuMac.derived("m", 0), QemuMac.derived("m", 0));
        assertNotEquals(QemuMac.derived("m", 0), QemuMac.derived("m", 1));
        assertTrue(QemuMac.derived("m", 0).matches("52:54:00(:[0-9a-f]{2}){3}"));
    }

    @Test
    void aProcessIsToldApartFromALaterOneWithTheSameNumber() {
        HostProcess us = HostProcess.now(ProcessHandle.current().pid()).orElseThrow();
        assertTrue(us.lives());
        assertFalse(new HostProcess(us.pid(), us.startTicks() - 1).lives());
    }

    @Test
    void aFolderWithRubbishHoldsNoMachine() throws IOException {
        Path state = Files.createDirectory(folder.resolve("m"));
        QemuHypervisor hypervisor = new QemuHypervisor(settings("sh"));
        for (String rubbish :
                List.of("", "pid=x", "pid=1", "\\u00", "pid=1\nstartTicks=99999999999999999999")) {
            Files.writeString(state.resolve("process.properties"), rubbish);
            assertTrue(hypervisor.find(state).isEmpty(), rubbish);
        }
    }

    @Test
    void socketsOfAFolderWithALongPathLieElsewhereAndAreStillThisFoldersOwn() {
        Path deep = folder.resolve("x".repeat(120));
        MachineFolder one = new MachineFolder(deep, settings("qemu"));
        MachineFolder other = new MachineFolder(folder.resolve("y".repeat(120)), settings("qemu"));
        assertTrue(one.controlSocket().startsWith(folder.resolve("memory")));
        assertNotEquals(one.controlSocket(), other.controlSocket());
        assertTrue(one.serialLog().startsWith(deep));
    }

    @Test
    void addressesOfVolumesAreReadStrictly() {
        assertEquals("qemu.address", code(volume("a", "/run/qmp")));
        assertEquals("qemu.address", code(volume("a", "#node")));
        assertEquals("qemu.address", code(volume("a", "/run/qmp#no de")));
        assertEquals(
                "qemu.address",
                code(volume("a", "/run/qmp#disk-a"), volume("b", "/run/other#disk-b")));
        assertEquals(
                "qemu.address",
                code(volume("a", "/run/qmp#disk-a"), volume("b", "/run/qmp#disk-a")));
        assertEquals("", code(volume("a", "/run/q#mp#disk-a"), volume("b", "/run/q#mp#disk-b")));
    }

    private static VolumeSource volume(String name, String address) {
        return new VolumeSource(name, VolumeKind.DISK, "qmp", address);
    }

    private static String code(VolumeSource... volumes) {
        return QmpAddress.of(List.of(volumes)).problem().map(it -> it.code()).orElse("");
    }
}
