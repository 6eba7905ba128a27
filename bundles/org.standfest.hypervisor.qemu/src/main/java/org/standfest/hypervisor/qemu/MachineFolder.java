package org.standfest.hypervisor.qemu;

import org.standfest.host.HostProcess;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.RememberedMachine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is remembered about one machine in its folder, so that another Java process finds it again.
 */
final class MachineFolder {

    /**
     * Linux takes 107 bytes of path for a local socket; the name of the socket itself is among
     * them.
     */
    private static final int SOCKET_PATH_LIMIT = 90;

    private final Path folder;
    private final Path sockets;

    /**
     * @param folder absolute
     * @param settings says where sockets of folders with a long path lie
     */
    MachineFolder(Path folder, QemuSettings settings) {
        this.folder = folder;
        boolean fits =
                folder.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_LIMIT;
        this.sockets = fits ? folder : settings.memory().resolve(shortName(folder));
    }

    /** Makes the folders, and removes what a former machine left in them. */
    void prepare() throws IOException {
        PrivateFolder.ensure(folder);
        if (!sockets.equals(folder)) {
            PrivateFolder.ensure(sockets.getParent());
            PrivateFolder.ensure(sockets);
        }
        for (Path old :
                new Path[] {
                    ownSocket(), controlSocket(), processFile(), sidecar(controlSocket())
                }) {
            Files.deleteIfExists(old);
        }
    }

    /** The control socket of the hypervisor itself. */
    Path ownSocket() {
        return sockets.resolve("own.qmp");
    }

    /** The control socket for others. */
    Path controlSocket() {
        return sockets.resolve("qmp");
    }

    /** What a machine with UEFI remembers between its starts. */
    Path variables() {
        return folder.resolve("uefi-variables.fd");
    }

    /** What the guest wrote to its serial line. */
    Path serialLog() {
        return folder.resolve("serial.log");
    }

    /** What QEMU itself had to say. */
    Path programLog() {
        return folder.resolve("qemu.log");
    }

    /** Taken while a machine is being started. */
    Path lock() {
        return folder.resolve("start.lock");
    }

    /** Beside a control socket lies the description of the machine, for snapshot providers. */
    static Path sidecar(Path controlSocket) {
        return controlSocket.resolveSibling(controlSocket.getFileName() + ".properties");
    }

    /** Remembers what is going to be started. */
    void writeDescription(MachineDescription machine) throws IOException {
        RememberedMachine.save(folder.resolve("machine.properties"), machine);
        RememberedMachine.write(sidecar(controlSocket()), MachineProperties.write(machine));
    }

    /** Remembers which process it is. */
    void writeProcess(HostProcess process) throws IOException {
        RememberedMachine.write(processFile(), process.properties());
    }

    /** The process that was remembered, if it still lives. */
    Optional<HostProcess> process() {
        try {
            return HostProcess.of(RememberedMachine.read(processFile())).filter(HostProcess::lives);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The description that was remembered. */
    Optional<MachineDescription> description() {
        return RememberedMachine.load(folder.resolve("machine.properties"));
    }

    private Path processFile() {
        return folder.resolve("process.properties");
    }

    private static String shortName(Path folder) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
