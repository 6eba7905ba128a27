package org.standfest.management;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the standby gives to an emergency machine.
 *
 * @param cpus number of virtual CPUs; 0 = as the machine's own description says
 * @param memoryMiB memory in MiB; 0 = as the machine's own description says
 * @param forwards ports of the standby that lead into the machine; these addresses must be free
 *     before a start
 * @param profile other hardware than the machine has at home, by name: {@code bus} ({@code VIRTIO},
 *     {@code IDE}, {@code SCSI}), {@code nicModel} ({@code VIRTIO}, {@code VMXNET3}, {@code
 *     E1000}), {@code firmware} ({@code BIOS}, {@code UEFI}), and {@code hypervisor}, the kind of
 *     the one that runs it ({@code qemu}, {@code libvirt}); and what fits the image to it: {@code
 *     adapter} (its kind), {@code address} and {@code gateway} of the first network card as the
 *     adapter sets them; what is not named stays, in any case of letters
 */
public record StandbyHardware(
        int cpus, int memoryMiB, List<PortForward> forwards, Map<String, String> profile) {

    /** Before the constant below, which looks at it. */
    private static final Map<String, String> PROFILE =
            Map.of(
                    "bus", "VIRTIO|IDE|SCSI",
                    "nicModel", "VIRTIO|VMXNET3|E1000",
                    "firmware", "BIOS|UEFI",
                    "hypervisor", "[A-Z][A-Z0-9-]{0,31}",
                    "adapter", "[A-Z][A-Z0-9-]{0,31}",
                    "address", "[0-9.]{7,15}/[0-9]{1,2}",
                    "gateway", "[0-9.]{7,15}");

    /** Everything as the machine's own description says. */
    public static final StandbyHardware AS_DESCRIBED = new StandbyHardware(0, 0, List.of());

    /** The machine's own hardware in another size, reached through forwards. */
    public StandbyHardware(int cpus, int memoryMiB, List<PortForward> forwards) {
        this(cpus, memoryMiB, forwards, Map.of());
    }

    /** Checks ranges; throws IllegalArgumentException. */
    public StandbyHardware {
        if (cpus < 0 || cpus > 1024 || memoryMiB < 0 || memoryMiB > 64 * 1024 * 1024) {
            throw new IllegalArgumentException("cpus or memoryMiB");
        }
        forwards = List.copyOf(forwards);
        // Settings that were kept before there was one.
        profile = Map.copyOf(Objects.requireNonNullElse(profile, Map.of()));
        profile.forEach(StandbyHardware::check);
        if (forwards.size() > 256) {
            throw new IllegalArgumentException("more than 256 forwards");
        }
    }

    /** What would only be found wrong in the emergency is refused when it is set. */
    private static void check(String name, String value) {
        String allowed = PROFILE.get(name);
        if (allowed == null || !value.strip().toUpperCase(Locale.ROOT).matches(allowed)) {
            throw new IllegalArgumentException("profile " + name + " " + value);
        }
    }
}
