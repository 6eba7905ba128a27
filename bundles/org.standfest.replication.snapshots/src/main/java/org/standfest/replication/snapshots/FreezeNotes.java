package org.standfest.replication.snapshots;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which systems are held still, and how they are let go: one file a system, durable before anything
 * is frozen, gone after it was thawed.
 */
final class FreezeNotes {

    private static final String SUFFIX = ".frozen";
    private static final int LINES_LIMIT = 64;
    private static final long FILE_LIMIT_BYTES = 1 << 20;

    private final Path folder;

    FreezeNotes(Path folder) {
        this.folder = folder;
    }

    /** Systems that were not thawed. */
    List<String> systems() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** How a system is let go, in order; empty when it is not held. */
    List<Script> thaws(String systemId) throws IOException {
        Path file = file(systemId);
        try {
            if (Files.size(file) > FILE_LIMIT_BYTES) {
                throw new IOException(file + " is longer than " + FILE_LIMIT_BYTES + " bytes");
            }
            List<Script> scripts = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (scripts.size() == LINES_LIMIT) {
                    throw new IOException(file + " has more than " + LINES_LIMIT + " lines");
                }
                scripts.add(Script.ofLine(line));
            }
            return scripts;
        } catch (NoSuchFileException notHeld) {
            return List.of();
        } catch (IllegalArgumentException damaged) {
            throw new IOException(file + ": " + damaged.getMessage(), damaged);
        }
    }

    /** Notes how to let go, durably. */
    void hold(String systemId, List<Script> thaws) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(systemId + ".new");
        String text = String.join("\n", thaws.stream().map(Script::toLine).toList());
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(temporary, file(systemId), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /** Forgets a system that was let go. */
    void release(String systemId) throws IOException {
        Files.deleteIfExists(file(systemId));
    }

    private Path file(String systemId) {
        return folder.resolve(systemId + SUFFIX);
    }

    private void syncFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException notOnThisSystem) {
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                throw notOnThisSystem;
            }
        }
    }
}
