package org.standfest.hypervisor.qemu;

import org.standfest.hypervisor.Acceleration;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.HardwareProfile;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.PortForward;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnRequest;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a return to QEMU will look like, read from its request before anything is touched.
 *
 * @param folder where everything of the machine lies
 * @param machine as it will be started
 * @param sizes bytes of each disk by volume
 * @param acceleration which way it will run
 */
record ReturnPlan(
        Path folder,
        MachineDescription machine,
        Map<String, Long> sizes,
        Acceleration acceleration) {

    private static final Catalog TEXTS = Catalog.beside(ReturnPlan.class);

    /** Reads a request. Refused when a setting is missing, wrong or too small. */
    static Outcome<ReturnPlan> of(ReturnRequest request) {
        Map<String, String> options = request.options();
        String folderText = options.getOrDefault("folder", "");
        if (folderText.isBlank() || !Path.of(folderText).isAbsolute()) {
            return Outcome.refused(TEXTS.explain("qemu.return-option", "folder", folderText));
        }
        Path folder = Path.of(folderText).normalize();
        Map<String, Long> sizes = new HashMap<>();
        for (ReturnRequest.Volume volume : request.volumes()) {
            if (volume.kind() != VolumeKind.DISK) {
                return Outcome.refused(TEXTS.explain("qemu.return-tree", volume.name()));
            }
            String key = "sizeBytes." + volume.name();
            String text = options.getOrDefault(key, options.getOrDefault("sizeBytes", "0"));
            Optional<Long> size = number(text, 1L << 50);
            if (size.isEmpty()) {
                return Outcome.refused(TEXTS.explain("qemu.return-option", key, text));
            }
            if (size.get() > 0 && size.get() < volume.sizeBytes()) {
                return Outcome.refused(
                        TEXTS.explain(
                                "qemu.return-size", volume.name(), volume.sizeBytes(), size.get()));
            }
            sizes.put(volume.name(), Math.max(size.get(), volume.sizeBytes()));
        }
        return machine(request, folder)
                .map(it -> new ReturnPlan(folder, it, sizes, acceleration(options)));
    }

    /** The image of a volume. */
    static Path image(Path folder, String volume) {
        return folder.resolve(volume + ".img");
    }

    private static Acceleration acceleration(Map<String, String> options) {
        return "EMULATION".equals(upper(options, "acceleration"))
                ? Acceleration.EMULATION
                : Acceleration.BEST;
    }

    private static Outcome<MachineDescription> machine(ReturnRequest request, Path folder) {
        List<String> names = request.volumes().stream().map(ReturnRequest.Volume::name).toList();
        Map<String, String> options = request.options();
        Outcome<MachineDescription> described =
                MachineProperties.read(
                        request.machine(),
                        disk ->
                                names.contains(disk)
                                        ? Optional.of(DiskImage.raw(image(folder, disk)))
                                        : Optional.empty());
        if (!(described instanceof Outcome.Done<MachineDescription>(MachineDescription before))) {
            return described;
        }
        Outcome<MachineDescription> fitted = HardwareProfile.fit(before, options);
        if (!(fitted instanceof Outcome.Done<MachineDescription>(MachineDescription after))) {
            List<String> wrong = fitted.problem().orElseThrow().arguments();
            return Outcome.refused(
                    TEXTS.explain("qemu.return-option", wrong.getFirst(), wrong.getLast()));
        }
        String setting = "forwards";
        try {
            if (options.containsKey(setting)) {
                List<PortForward> forwards = forwards(options.get(setting));
                after = after.withNics(nic -> nic.withForwards(forwards));
            }
            setting = "id";
            return Outcome.done(after.withId(options.getOrDefault(setting, after.id())));
        } catch (IllegalArgumentException wrong) {
            return Outcome.refused(
                    TEXTS.explain("qemu.return-option", setting, wrong.getMessage()));
        }
    }

    private static List<PortForward> forwards(String text) {
        List<PortForward> all = new ArrayList<>();
        for (String one : text.isBlank() ? new String[0] : text.split(",", 33)) {
            String[] parts = one.strip().split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(one);
            }
            all.add(
                    new PortForward(
                            parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        return all;
    }

    private static String upper(Map<String, String> options, String name) {
        return options.getOrDefault(name, "").toUpperCase(Locale.ROOT);
    }

    private static Optional<Long> number(String text, long most) {
        try {
            long value = Long.parseLong(text.strip());
            return value < 0 || value > most ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }
}
