package org.standfest.hypervisor;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A disk image on this host.
 *
 * @param file the image, absolute
 * @param format stated, never guessed from the content: a guest can write any header into a raw
 *     disk
 */
public record DiskImage(Path file, DiskFormat format) {

    /** Makes the path absolute. */
    public DiskImage {
        file = file.toAbsolutePath().normalize();
        Objects.requireNonNull(format);
    }

    /** A raw image. */
    public static DiskImage raw(Path file) {
        return new DiskImage(file, DiskFormat.RAW);
    }
}
