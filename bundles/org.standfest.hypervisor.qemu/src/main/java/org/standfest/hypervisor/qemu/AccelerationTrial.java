package org.standfest.hypervisor.qemu;

import org.standfest.host.Waiting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Finds out whether machines can run on the processor itself. The device file proves nothing: there
 * are hosts where it exists and answers, and where a guest then crawls or never boots. So the
 * firmware of an empty machine is started, which takes a fifth of a second even by emulation; it
 * must come to its end soon. The answer is remembered until the host boots again or QEMU changes.
 */
final class AccelerationTrial {

    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Duration LIMIT = Duration.ofMillis(2500);
    private static final String FIRMWARE_END = "No bootable device";

    private final QemuSettings settings;

    AccelerationTrial(QemuSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether machines run on the processor here.
     *
     * @param qemuVersion part of what the remembered answer is about
     */
    boolean works(String qemuVersion) throws IOException {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return false;
        }
        Path memory = PrivateFolder.ensure(settings.memory());
        Path remembered = memory.resolve("acceleration");
        String about = Files.readString(BOOT_ID).strip() + ' ' + qemuVersion + ' ';
        if (Files.isRegularFile(remembered)) {
            String answer = Files.readString(remembered);
            if (answer.startsWith(about)) {
                return answer.endsWith("works");
            }
        }
        boolean works = bootsFirmware(memory);
        Path draft = Files.createTempFile(memory, "acceleration", ".new");
        Files.writeString(draft, about + (works ? "works" : "does not"));
        Files.move(draft, remembered, StandardCopyOption.ATOMIC_MOVE);
        return works;
    }

    private boolean bootsFirmware(Path memory) throws IOException {
        Path log = Files.createTempFile(memory, "trial", ".log");
        try {
            Process qemu =
                    new ProcessBuilder(
                                    List.of(
                                            settings.system(),
                                            "-machine",
                                            "pc,accel=kvm",
                                            "-cpu",
                                            "host",
                                            "-m",
                                            "32",
                                            "-nodefaults",
                                            "-no-user-config",
                                            "-display",
                                            "none",
                                            "-chardev",
                                            "file,id=log,path=" + log,
                                            "-device",
                                            "isa-debugcon,iobase=0x402,chardev=log"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return Waiting.until(() -> !qemu.isAlive() || reachedTheEnd(log), LIMIT)
                        && reachedTheEnd(log);
            } finally {
                qemu.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static boolean reachedTheEnd(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1).contains(FIRMWARE_END);
        } catch (IOException notYet) {
            return false;
        }
    }
}
