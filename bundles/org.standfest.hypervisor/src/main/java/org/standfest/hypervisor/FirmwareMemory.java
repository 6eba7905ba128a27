package org.standfest.hypervisor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a machine's UEFI firmware remembers (NVRAM: boot entries, keys), as a file that travels with
 * its image.
 */
public final class FirmwareMemory {

    /** The name under which it travels with a recovery point. */
    public static final String ATTACHMENT = "uefi-variables.fd";

    /** The most that is taken along; flash memories of PCs have at most as much. */
    public static final int MAX_BYTES = 4 << 20;

    private static final String FROM_HOME = "home-uefi-variables.fd";

    private FirmwareMemory() {}

    /**
     * Where the memory that came with the image lies in a machine's folder ({@link
     * StartOptions#folder}): a hypervisor whose firmware it fits gives a copy of it to the machine
     * at its first start, otherwise one that is new.
     */
    public static Path fromHome(Path machineFolder) {
        return machineFolder.resolve(FROM_HOME);
    }

    /**
     * Reads the memory of a machine that may run: what a power cut at this instant would leave.
     *
     * @param file the machine's flash as it lies on this host, raw
     * @return what travels along; empty for a path that is not absolute, no plain file, empty, too
     *     large or not to be read, since an image is worth more than what its firmware remembers
     */
    public static Map<String, byte[]> read(Path file) {
        if (!file.isAbsolute() || !Files.isRegularFile(file)) {
            return Map.of();
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < 1 || size > MAX_BYTES) {
                return Map.of();
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            while (content.hasRemaining() && channel.read(content) >= 0) {
                continue;
            }
            return content.hasRemaining() ? Map.of() : Map.of(ATTACHMENT, content.array());
        } catch (IOException unreadable) {
            return Map.of();
        }
    }
}
