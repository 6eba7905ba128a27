package org.standfest.trust;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** Files that only their owner can read, written all or nothing. Stateless. */
final class SafeFiles {

    private static final int LIMIT_BYTES = 256 * 1024;

    private SafeFiles() {}

    private static boolean posix() {
        return File.separatorChar == '/';
    }

    static void makeFolder(Path folder) throws IOException {
        FileAttribute<?>[] mode =
                posix()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createDirectories(folder, mode);
    }

    static void write(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        if (posix()) {
            Files.createFile(
                    next,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(next);
        }
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (posix()) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
    }

    static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LIMIT_BYTES) {
            throw new IOException(
                    "file larger than " + LIMIT_BYTES + " bytes: " + file.getFileName());
        }
        return Files.readAllBytes(file);
    }

    static void writeProperties(Path file, Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, null);
        write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Properties readProperties(Path file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(read(file), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a properties file: " + file.getFileName(), malformed);
        }
        return properties;
    }
}
