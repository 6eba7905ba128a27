package org.standfest.hypervisor.qemu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A UEFI firmware for PCs (OVMF) without secure boot.
 *
 * @param code what all machines share; never written
 * @param variables what a machine remembers at its first start; each has a copy
 */
record UefiFirmware(Path code, Path variables) {

    /** What distributions call the pairs; the larger flash first, as newer ones want it. */
    private static final List<String> SIZES = List.of("_4M.fd", ".fd");

    /** The firmware in a folder; empty if there is none. */
    static Optional<UefiFirmware> in(Path folder) {
        return SIZES.stream()
                .map(
                        size ->
                                new UefiFirmware(
                                        folder.resolve("OVMF_CODE" + size),
                                        folder.resolve("OVMF_VARS" + size)))
                .filter(pair -> Files.isReadable(pair.code()))
                .filter(pair -> Files.isReadable(pair.variables()))
                .findFirst();
    }
}
