package org.standfest.hypervisor.qemu;

import org.standfest.host.HostPrograms;
import org.standfest.host.ProgramRunner;
import org.standfest.hypervisor.DiskFormat;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.ImageUse;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What {@code qemu-img} does for us. Formats are always stated, never guessed from content that a
 * guest can write.
 */
final class QemuTools {

    private static final Catalog TEXTS = Catalog.beside(QemuTools.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ProgramRunner PROGRAMS = new HostPrograms();

    private final QemuSettings settings;

    QemuTools(QemuSettings settings) {
        this.settings = settings;
    }

    /** An overlay over an image that exists; the file must not exist. */
    Outcome<DiskImage> overlay(DiskImage base, Path overlay) {
        Path target = overlay.toAbsolutePath().normalize();
        if (!Files.isReadable(base.file())) {
            return Outcome.refused(TEXTS.explain("qemu.image-missing", base.file()));
        }
        if (Files.exists(target)) {
            return Outcome.refused(TEXTS.explain("qemu.overlay-exists", target));
        }
        List<String> words =
                List.of(
                        settings.image(),
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-F",
                        name(base.format()),
                        "-b",
                        base.file().toString(),
                        target.toString());
        try {
            Files.createDirectories(target.getParent());
            ProgramRunner.Result made = PROGRAMS.run(words, LIMIT);
            if (made.succeeded()) {
                return Outcome.done(new DiskImage(target, DiskFormat.QCOW2));
            }
            Files.deleteIfExists(target);
            return Outcome.failed(TEXTS.explain("qemu.overlay", target, made.lastLine()));
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("qemu.overlay", target, fault.getMessage()), fault);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("qemu.cancelled"), cancelled);
        }
    }

    /** An empty image of a size that guests' old data can be copied to while they write. */
    void scratch(Path file, long sizeBytes) throws IOException {
        List<String> words =
                List.of(
                        settings.image(),
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        file.toString(),
                        Long.toString(sizeBytes));
        try {
            ProgramRunner.Result made = PROGRAMS.run(words, LIMIT);
            if (!made.succeeded()) {
                throw new IOException(made.lastLine());
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new IOException("cancelled", cancelled);
        }
    }

    /** Whether a process on this host uses an image so that nobody else may write to it. */
    Outcome<ImageUse> use(DiskImage image) {
        if (!Files.isReadable(image.file())) {
            return Outcome.refused(TEXTS.explain("qemu.image-missing", image.file()));
        }
        // Opens the file for writing, which asks the kernel for the locks a starting machine would
        // need, and writes
        // nothing. Always as raw: only the file itself matters, and no header of it is looked at.
        List<String> words =
                List.of(settings.inputOutput(), "-f", "raw", "-c", "quit", image.file().toString());
        try {
            ProgramRunner.Result result = PROGRAMS.run(words, LIMIT);
            if (result.succeeded()) {
                return Outcome.done(
                        new ImageUse(false, TEXTS.explain("qemu.image-free", image.file())));
            }
            if (QemuSaid.locked(result.output())) {
                return Outcome.done(
                        new ImageUse(true, TEXTS.explain("qemu.image-held", image.file())));
            }
            return Outcome.failed(
                    TEXTS.explain("qemu.image-unreadable", image.file(), result.lastLine()));
        } catch (IOException fault) {
            return Outcome.failed(
                    TEXTS.explain("qemu.image-unreadable", image.file(), fault.getMessage()),
                    fault);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return Outcome.failed(TEXTS.explain("qemu.cancelled"), cancelled);
        }
    }

    /** Why a machine did not start, from what QEMU said. */
    static Explanation startFault(String machine, String output, String lastLine) {
        if (QemuSaid.locked(output)) {
            return TEXTS.explain("qemu.start-locked", machine);
        }
        return QemuSaid.takenForward(output)
                .map(forward -> TEXTS.explain("qemu.start-port", machine, forward))
                .orElseGet(() -> TEXTS.explain("qemu.start", machine, lastLine));
    }

    private static String name(DiskFormat format) {
        return format == DiskFormat.RAW ? "raw" : "qcow2";
    }
}
