package org.standfest.hypervisor;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.util.Locale;
import java.util.Map;

/**
 * The hardware of another place, as the settings of a return say it: {@code bus} ({@code VIRTIO},
 * {@code IDE}, {@code SCSI}), {@code nicModel}, {@code firmware} ({@code BIOS}, {@code UEFI}),
 * {@code cpus}, {@code memoryMiB}. What is not set stays. Stateless, safe for any thread.
 */
public final class HardwareProfile {

    private static final Catalog TEXTS = Catalog.beside(HardwareProfile.class);

    private HardwareProfile() {}

    /**
     * The same machine on that hardware.
     *
     * @param settings other settings than the ones above are not looked at
     * @return refused as {@code machine.hardware} when a setting is out of its range; the
     *     explanation's arguments are its name and its value
     */
    public static Outcome<MachineDescription> fit(
            MachineDescription machine, Map<String, String> settings) {
        String name = "bus";
        try {
            MachineDescription after = machine;
            if (settings.containsKey(name)) {
                DiskBus bus = DiskBus.valueOf(upper(settings, name));
                after = after.withDisks(disk -> disk.withBus(bus));
            }
            name = "nicModel";
            if (settings.containsKey(name)) {
                NicModel model = NicModel.valueOf(upper(settings, name));
                after = after.withNics(nic -> nic.withModel(model));
            }
            name = "firmware";
            Firmware firmware =
                    settings.containsKey(name)
                            ? Firmware.valueOf(upper(settings, name))
                            : after.firmware();
            name = "cpus";
            int cpus = Integer.parseInt(settings.getOrDefault(name, "" + after.cpus()));
            after = sized(after, cpus, after.memoryMiB(), firmware);
            name = "memoryMiB";
            int memory = Integer.parseInt(settings.getOrDefault(name, "" + after.memoryMiB()));
            return Outcome.done(sized(after, cpus, memory, firmware));
        } catch (IllegalArgumentException wrong) {
            return Outcome.refused(
                    TEXTS.explain("machine.hardware", name, settings.getOrDefault(name, "")));
        }
    }

    private static MachineDescription sized(
            MachineDescription machine, int cpus, int memoryMiB, Firmware firmware) {
        return new MachineDescription(
                machine.id(),
                machine.name(),
                cpus,
                memoryMiB,
                machine.disks(),
                machine.nics(),
                firmware);
    }

    private static String upper(Map<String, String> settings, String name) {
        return settings.get(name).strip().toUpperCase(Locale.ROOT);
    }
}
