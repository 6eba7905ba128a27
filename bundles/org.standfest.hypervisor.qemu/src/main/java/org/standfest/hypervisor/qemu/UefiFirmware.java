package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A UEFI firmware for PCs (OVMF) without secure boot.
 *
 * @param code what all machines share; never written
 * @param variables what a machine remembers at its first start unless it brings something; each has
 *     a copy
 */
public record UefiFirmware(Path code, Path variables) {

    /** What distributions call the pairs; the larger flash first, as newer ones want it. */
    private static final List<String> SIZES = List.of("_4M.fd", ".fd");

    /** The firmware in a folder; empty if there is none. */
    public static Optional<UefiFirmware> in(Path folder) {
        return all(folder).findFirst();
    }

    private static Stream<UefiFirmware> all(Path folder) {
        return SIZES.stream()
                .map(
                        size ->
                                new UefiFirmware(
                                        folder.resolve("OVMF_CODE" + size),
                                        folder.resolve("OVMF_VARS" + size)))
                .filter(pair -> Files.isReadable(pair.code()))
                .filter(pair -> Files.isReadable(pair.variables()));
    }

    /**
     * The firmware in a folder for a machine that may bring a memory: one that it fits, if there is
     * one. Flash of another size is laid out otherwise.
     *
     * @param home what the firmware remembered at home; need not exist
     */
    public static Optional<UefiFirmware> in(Path folder, Path home) {
        return all(folder).filter(pair -> pair.fits(home)).findFirst().or(() -> in(folder));
    }

    private boolean fits(Path home) {
        try {
            return Files.isRegularFile(home) && Files.size(home) == Files.size(variables);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Gives a machine its own memory at its first start.
     *
     * @param memory the file; one that exists stays as it is
     * @param home what the firmware remembered at home, which is copied where it fits
     * @throws IOException it could not be written
     */
    public void remember(Path memory, Path home) throws IOException {
        if (!Files.exists(memory)) {
            Path draft = memory.resolveSibling(memory.getFileName() + ".new");
            Path first = fits(home) ? home : variables;
            Files.copy(first, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, memory, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
