package org.standfest.hypervisor.qemu;

import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineProperties;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What is remembered about one machine in its folder, so that another Java process finds it again.
 */
final class MachineFolder {

    /** What {@link Properties} may be large; written by us, but a folder can hold anything. */
    private static final int FILE_LIMIT_BYTES = 256 * 1024;

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

    /** Gives a machine with UEFI its own memory at its first start. */
    void remember(UefiFirmware firmware) throws IOException {
        if (!Files.exists(variables())) {
            Path draft = folder.resolve("uefi-variables.new");
            Files.copy(firmware.variables(), draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, variables(), StandardCopyOption.ATOMIC_MOVE);
        }
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
        Map<String, String> all = new TreeMap<>(MachineProperties.write(machine));
        for (MachineDisk disk : machine.disks()) {
            all.put("image." + disk.name() + ".file", disk.image().file().toString());
            all.put("image." + disk.name() + ".format", disk.image().format().name());
        }
        write(folder.resolve("machine.properties"), all);
        write(sidecar(controlSocket()), MachineProperties.write(machine));
    }

    /** Remembers which process it is. */
    void writeProcess(HostProcess process) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("pid", Long.toString(process.pid()));
        all.put("startTicks", Long.toString(process.startTicks()));
        write(processFile(), all);
    }

    /** The process that was remembered, if it still lives. */
    Optional<HostProcess> process() {
        try {
            Map<String, String> all = read(processFile());
            HostProcess process =
                    new HostProcess(
                            Long.parseLong(all.get("pid")), Long.parseLong(all.get("startTicks")));
            return Optional.of(process).filter(HostProcess::lives);
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** The description that was remembered. */
    Optional<MachineDescription> description() {
        try {
            Map<String, String> all = read(folder.resolve("machine.properties"));
            return MachineProperties.read(all, name -> image(all, name)).result();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Optional<DiskImage> image(Map<String, String> all, String disk) {
        Optional<String> file = Optional.ofNullable(all.get("image." + disk + ".file"));
        DiskFormat format =
                "QCOW2".equals(all.get("image." + disk + ".format"))
                        ? DiskFormat.QCOW2
                        : DiskFormat.RAW;
        return file.map(path -> new DiskImage(Path.of(path), format));
    }

    private Path processFile() {
        return folder.resolve("process.properties");
    }

    private static void write(Path file, Map<String, String> all) throws IOException {
        Properties properties = new Properties();
        properties.putAll(all);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads a file of properties that is not larger than it can be. */
    static Map<String, String> read(Path file) throws IOException {
        if (Files.size(file) > FILE_LIMIT_BYTES) {
            throw new IOException(file + " is larger than " + FILE_LIMIT_BYTES + " bytes");
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + " is damaged", damaged);
        }
        Map<String, String> all = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> all.put(name, properties.getProperty(name)));
        return all;
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
