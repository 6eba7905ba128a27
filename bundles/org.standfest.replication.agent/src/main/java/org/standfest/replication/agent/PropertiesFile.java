package org.standfest.replication.agent;

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
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Small text files of keys and values that are there in full or not at all, also after a power
 * loss. Stateless.
 */
final class PropertiesFile {

    private static final int LIMIT_BYTES = 1 << 20;

    private PropertiesFile() {}

    /** The content; empty when there is no such file. */
    static Map<String, String> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        if (Files.size(file) > LIMIT_BYTES) {
            throw new IOException("larger than " + LIMIT_BYTES + " bytes: " + file);
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not a properties file: " + file, malformed);
        }
        Map<String, String> content = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> content.put(key, properties.getProperty(key)));
        return content;
    }

    static void write(Path file, Map<String, String> content) throws IOException {
        Properties properties = new Properties();
        properties.putAll(content);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        replace(file, text.toString());
    }

    /** Puts a text in the place of a file, durably: all of it or nothing. */
    static void replace(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
