package org.standfest.hypervisor.qemu;

import org.standfest.hypervisor.Acceleration;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where QEMU lies on this host and what is known about it.
 *
 * @param system name or path of the program that runs a PC
 * @param image name or path of the program that makes images
 * @param inputOutput name or path of the program that opens images as a machine does
 * @param memory folder in which the result of the acceleration trial is remembered, and in which
 *     control sockets lie whose own folder has too long a path; readable by this user only
 * @param firmware folder in which a UEFI firmware lies (OVMF); need not exist
 * @param forced how every machine runs, whatever its start options say; empty for what they say
 */
public record QemuSettings(
        String system,
        String image,
        String inputOutput,
        Path memory,
        Path firmware,
        Optional<Acceleration> forced) {

    /** System property that forces {@code emulation} or {@code processor} for every machine. */
    public static final String ACCELERATION = "standfest.acceleration";

    /** Where Debian's package ovmf puts it. */
    private static final Path UEFI = Path.of("/usr/share/OVMF");

    /** Checks that nothing is missing. */
    public QemuSettings {
        Objects.requireNonNull(system);
        Objects.requireNonNull(image);
        Objects.requireNonNull(inputOutput);
        memory = memory.toAbsolutePath();
        firmware = firmware.toAbsolutePath();
        Objects.requireNonNull(forced);
    }

    /** What is usual on Debian and what the system properties say. */
    public static QemuSettings ofThisHost() {
        String user = System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9]", "_");
        Path memory = Path.of(System.getProperty("java.io.tmpdir"), "standfest-" + user);
        Optional<Acceleration> forced =
                switch (System.getProperty(ACCELERATION, "")) {
                    case "emulation" -> Optional.of(Acceleration.EMULATION);
                    case "processor" -> Optional.of(Acceleration.PROCESSOR);
                    default -> Optional.empty();
                };
        return new QemuSettings("qemu-system-x86_64", "qemu-img", "qemu-io", memory, UEFI, forced);
    }

    /** The same with every machine forced to run one way. */
    public QemuSettings with(Acceleration acceleration) {
        return new QemuSettings(
                system, image, inputOutput, memory, firmware, Optional.of(acceleration));
    }
}
