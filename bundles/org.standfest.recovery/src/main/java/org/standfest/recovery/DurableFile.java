package org.standfest.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Small files that are replaced as a whole or not at all. Stateless, safe for different files. */
public final class DurableFile {

    private DurableFile() {}

    /**
     * Replaces a file; durable when this returns. Missing folders are created.
     *
     * @throws IOException it could not be done; the old file is still there
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(folder);
    }

    /**
     * Reads a file.
     *
     * @param limitBytes at most so many bytes
     * @return empty if there is none
     * @throws IOException it could not be read or is larger
     */
    public static Optional<byte[]> read(Path file, int limitBytes) throws IOException {
        try {
            long size = Files.size(file);
            if (size > limitBytes) {
                throw new IOException(file + " has " + size + " bytes, limit " + limitBytes);
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Makes the names in a folder durable, where the file system lets a folder be opened. */
    public static void forceFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
