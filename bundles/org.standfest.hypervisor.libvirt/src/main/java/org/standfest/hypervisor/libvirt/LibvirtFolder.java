package org.standfest.hypervisor.libvirt;

import org.standfest.host.HostProcess;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.RememberedMachine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is remembered of one machine in its folder.
 *
 * @param folder absolute
 */
record LibvirtFolder(Path folder) {

    /** Makes the folder, and removes what a former machine left in it. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        forget();
    }

    /** The machine's name with libvirt: stable for the folder, and short. */
    String domain() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return "standfest-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Path serialLog() {
        return folder.resolve("serial.log");
    }

    /** An empty one of our own, so that whoever writes it leaves it readable for us. */
    void beginSerialLog() throws IOException {
        Files.deleteIfExists(serialLog());
        Files.createFile(
                serialLog(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Where a snapshot provider makes its sockets and old blocks. */
    Path backups() {
        return folder.resolve("backups");
    }

    Path variables() {
        return folder.resolve("uefi-variables.fd");
    }

    Path paper() {
        return folder.resolve("libvirt.xml");
    }

    /** Taken while a machine is being started. */
    Path lock() {
        return folder.resolve("start.lock");
    }

    private Path machineFile() {
        return folder.resolve("libvirt-machine.properties");
    }

    private Path processFile() {
        return folder.resolve("libvirt-process.properties");
    }

    private Path offFile() {
        return folder.resolve("guest-is-off");
    }

    void remember(MachineDescription machine) throws IOException {
        RememberedMachine.save(machineFile(), machine);
    }

    void remember(HostProcess process) throws IOException {
        RememberedMachine.write(processFile(), process.properties());
    }

    Optional<MachineDescription> description() {
        return RememberedMachine.load(machineFile());
    }

    /** The process that was remembered, if it still lives. */
    Optional<HostProcess> process() {
        try {
            return HostProcess.of(RememberedMachine.read(processFile())).filter(HostProcess::lives);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** From now on the process serves only the disks of a guest that has switched itself off. */
    void guestIsOff() throws IOException {
        Files.writeString(offFile(), "");
    }

    boolean off() {
        return Files.exists(offFile());
    }

    void forget() throws IOException {
        Files.deleteIfExists(processFile());
        Files.deleteIfExists(offFile());
    }
}
