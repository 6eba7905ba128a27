package org.standfest.hypervisor;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A {@link MachineDescription} as flat text properties, version 1: the form in which it travels
 * with an image.
 *
 * <p>Image paths do not travel: they are the reader's own business, so that no description from
 * elsewhere can name a file of this host. Keys: {@code machine.version}, {@code .id}, {@code
 * .name}, {@code .cpus}, {@code .memoryMiB}, {@code .firmware}, {@code .disks} (names, comma
 * separated), {@code .disk.NAME.bus}, {@code .nics} (number), {@code .nic.N.model}, {@code
 * .nic.N.mac}, {@code .nic.N.forwards} ({@code address:port:guestPort}, comma separated).
 */
public final class MachineProperties {

    private static final Catalog TEXTS = Catalog.beside(MachineProperties.class);
    private static final int VALUE_LIMIT = 4096;

    private MachineProperties() {}

    /** The properties of a description, sorted. */
    public static Map<String, String> write(MachineDescription machine) {
        Map<String, String> all = new TreeMap<>();
        all.put("machine.version", "1");
        all.put("machine.id", machine.id());
        all.put("machine.name", machine.name());
        all.put("machine.cpus", Integer.toString(machine.cpus()));
        all.put("machine.memoryMiB", Integer.toString(machine.memoryMiB()));
        all.put("machine.firmware", machine.firmware().name());
        all.put(
                "machine.disks",
                String.join(",", machine.disks().stream().map(MachineDisk::name).toList()));
        for (MachineDisk disk : machine.disks()) {
            all.put("machine.disk." + disk.name() + ".bus", disk.bus().name());
        }
        all.put("machine.nics", Integer.toString(machine.nics().size()));
        for (int i = 0; i < machine.nics().size(); i++) {
            MachineNic nic = machine.nics().get(i);
            all.put("machine.nic." + i + ".model", nic.model().name());
            all.put("machine.nic." + i + ".mac", nic.macAddress());
            all.put(
                    "machine.nic." + i + ".forwards",
                    String.join(
                            ",", nic.forwards().stream().map(MachineProperties::text).toList()));
        }
        return all;
    }

    /**
     * The description in the properties. Keys that do not begin with {@code machine.} are not
     * looked at.
     *
     * @param properties possibly from another machine: everything is checked
     * @param images where the bytes of a disk lie here, by disk name; empty where there is no such
     *     disk
     * @return refused when something is missing, out of range, of another version, or a disk has no
     *     image here
     */
    public static Outcome<MachineDescription> read(
            Map<String, String> properties, Function<String, Optional<DiskImage>> images) {
        if (!"1".equals(properties.get("machine.version"))) {
            return Outcome.refused(
                    TEXTS.explain("machine.version", properties.get("machine.version")));
        }
        try {
            Fields fields = new Fields(properties);
            List<MachineDisk> disks = new ArrayList<>();
            for (String name : fields.list("disks", 16)) {
                DiskBus bus = DiskBus.valueOf(fields.text("disk." + name + ".bus"));
                Optional<DiskImage> image = images.apply(name);
                if (image.isEmpty()) {
                    return Outcome.refused(TEXTS.explain("machine.image-missing", name));
                }
                disks.add(new MachineDisk(name, image.get(), bus));
            }
            List<MachineNic> nics = new ArrayList<>();
            int count = fields.number("nics");
            Names.requireRange(count, 0, 8, "number of network cards");
            for (int i = 0; i < count; i++) {
                List<PortForward> forwards =
                        fields.list("nic." + i + ".forwards", 32).stream()
                                .map(MachineProperties::forward)
                                .toList();
                NicModel model = NicModel.valueOf(fields.text("nic." + i + ".model"));
                nics.add(new MachineNic(model, fields.text("nic." + i + ".mac"), forwards));
            }
            return Outcome.done(
                    new MachineDescription(
                            fields.text("id"),
                            fields.text("name"),
                            fields.number("cpus"),
                            fields.number("memoryMiB"),
                            disks,
                            nics,
                            Firmware.valueOf(fields.text("firmware"))));
        } catch (IllegalArgumentException wrong) {
            return Outcome.refused(TEXTS.explain("machine.damaged", wrong.getMessage()));
        }
    }

    private static String text(PortForward forward) {
        return forward.hostAddress() + ":" + forward.hostPort() + ":" + forward.guestPort();
    }

    private static PortForward forward(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("forward " + text);
        }
        return new PortForward(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Reads single values; whatever is wrong is an IllegalArgumentException that names the key. */
    private record Fields(Map<String, String> all) {

        String text(String key) {
            String value = all.get("machine." + key);
            if (value == null || value.length() > VALUE_LIMIT) {
                throw new IllegalArgumentException("machine." + key);
            }
            return value;
        }

        int number(String key) {
            return Integer.parseInt(text(key));
        }

        List<String> list(String key, int most) {
            String value = text(key);
            List<String> parts = value.isEmpty() ? List.of() : List.of(value.split(",", -1));
            Names.requireRange(parts.size(), 0, most, "machine." + key);
            return parts;
        }
    }
}
