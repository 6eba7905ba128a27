package org.standfest.standby;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.recovery.DurableFile;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An emergency machine as it is kept in its folder ({@code machine.json}, version 1).
 *
 * @param version format of the file
 * @param hypervisor kind of the hypervisor that runs it
 * @param properties description without paths
 * @param overlays name of the overlay file in the folder, by disk
 * @param formats format of the overlay, by disk
 */
record MachineSheet(
        int version,
        String hypervisor,
        Map<String, String> properties,
        Map<String, String> overlays,
        Map<String, String> formats) {

    private static final int VERSION = 1;
    private static final int LIMIT_BYTES = 1024 * 1024;
    private static final String FILE = "machine.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Checks that nothing is missing. */
    MachineSheet {
        Objects.requireNonNull(hypervisor);
        properties = Map.copyOf(properties);
        overlays = Map.copyOf(overlays);
        formats = Map.copyOf(formats);
    }

    static MachineSheet of(String hypervisor, MachineDescription machine) {
        Map<String, String> overlays = new HashMap<>();
        Map<String, String> formats = new HashMap<>();
        machine.disks()
                .forEach(
                        disk -> {
                            overlays.put(disk.name(), disk.image().file().getFileName().toString());
                            formats.put(disk.name(), disk.image().format().name());
                        });
        return new MachineSheet(
                VERSION, hypervisor, MachineProperties.write(machine), overlays, formats);
    }

    void save(Path folder) throws IOException {
        DurableFile.write(folder.resolve(FILE), GSON.toJson(this).getBytes(StandardCharsets.UTF_8));
    }

    static Outcome<MachineSheet> load(Path folder) {
        try {
            Optional<byte[]> bytes = DurableFile.read(folder.resolve(FILE), LIMIT_BYTES);
            if (bytes.isEmpty()) {
                return Outcome.refused(
                        StandbyTexts.explain("standby.no-machine", folder.getFileName()));
            }
            MachineSheet sheet =
                    GSON.fromJson(
                            new String(bytes.get(), StandardCharsets.UTF_8), MachineSheet.class);
            if (sheet != null && sheet.version() == VERSION) {
                return Outcome.done(sheet);
            }
            return Outcome.refused(
                    StandbyTexts.explain("standby.machine-damaged", folder.getFileName()));
        } catch (IOException | JsonParseException damaged) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.machine-damaged", folder.getFileName()), damaged);
        } catch (RuntimeException damaged) {
            // the record's own checks
            return Outcome.failed(
                    StandbyTexts.explain("standby.machine-damaged", folder.getFileName()), damaged);
        }
    }

    /** The description with the overlays of its folder. */
    Outcome<MachineDescription> description(Path folder) {
        return MachineProperties.read(properties, disk -> image(folder, disk));
    }

    private Optional<DiskImage> image(Path folder, String disk) {
        String file = overlays.get(disk);
        String format = formats.get(disk);
        return file == null || format == null || file.contains("/") || file.contains("\\")
                ? Optional.empty()
                : Optional.of(new DiskImage(folder.resolve(file), DiskFormat.valueOf(format)));
    }
}
