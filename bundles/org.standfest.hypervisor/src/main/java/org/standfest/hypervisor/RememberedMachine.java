package org.standfest.hypervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a hypervisor remembers of a machine in files of properties, so that another Java process
 * finds the machine again. Files are replaced as a whole. Stateless, safe for any thread.
 */
public final class RememberedMachine {

    /** Files of properties are small; written by us, but a folder can hold anything. */
    private static final int FILE_LIMIT_BYTES = 256 * 1024;

    private RememberedMachine() {}

    /** Keeps a description together with where the bytes of its disks lie. */
    public static void save(Path file, MachineDescription machine) throws IOException {
        Map<String, String> all = new TreeMap<>(MachineProperties.write(machine));
        for (MachineDisk disk : machine.disks()) {
            all.put("image." + disk.name() + ".file", disk.image().file().toString());
            all.put("image." + disk.name() + ".format", disk.image().format().name());
        }
        write(file, all);
    }

    /** The description that was kept; empty if there is none that can be read. */
    public static Optional<MachineDescription> load(Path file) {
        try {
            Map<String, String> all = read(file);
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

    /** Writes a file of properties. */
    public static void write(Path file, Map<String, String> all) throws IOException {
        Properties properties = new Properties();
        properties.putAll(all);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Reads a file of properties that is not larger than it can be. */
    public static Map<String, String> read(Path file) throws IOException {
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
}
