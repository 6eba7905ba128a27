package org.standfest.topology.files.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Replaces a file so that a crash leaves either the old or the new one, never a mixture. */
public final class AtomicFile {

    private static final int NAMES = 100;

    private AtomicFile() {}

    /** Writes beside the file, flushes to the medium, and takes the file's place in one step. */
    public static void replace(Path file, byte[] content) throws IOException {
        // A symbolic link stays one: what it points at is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        Path draft = null;
        try {
            draft = writeDraft(target, content);
            if (Files.exists(target) && hasPermissions(target)) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
            }
            Files.move(
                    draft,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            draft = null;
        } finally {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        }
        flushFolder(folder);
    }

    private static Path writeDraft(Path target, byte[] content) throws IOException {
        for (int i = 1; ; i++) {
            Path draft = target.resolveSibling("." + target.getFileName() + ".draft" + i);
            try (FileChannel channel =
                    FileChannel.open(
                            draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                return draft;
            } catch (FileAlreadyExistsException taken) {
                if (i == NAMES) {
                    throw taken;
                }
            } catch (IOException fault) {
                Files.deleteIfExists(draft);
                throw fault;
            }
        }
    }

    private static boolean hasPermissions(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    }

    /** The new name must survive a power cut too; Windows has no such call and does not need it. */
    private static void flushFolder(Path folder) throws IOException {
        if (hasPermissions(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
