package org.standfest.hypervisor.qemu;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the temporary files of one snapshot. A lock tells a folder in use from one that a
 * killed process left, so that those are removed and never a living one's.
 */
final class ScratchFolder implements AutoCloseable {

    private static final String PREFIX = "snapshot-";
    private static final String LOCK = "in-use";

    private final Path folder;
    private final FileChannel channel;

    private ScratchFolder(Path folder) throws IOException {
        this.folder = folder;
        this.channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        this.channel.lock();
    }

    /** A new folder, after removing those that nobody uses any more. */
    static ScratchFolder in(Path parent) throws IOException {
        PrivateFolder.ensure(parent);
        try (Stream<Path> all = Files.list(parent)) {
            List<Path> folders =
                    all.filter(it -> it.getFileName().toString().startsWith(PREFIX)).toList();
            folders.stream().filter(ScratchFolder::abandoned).forEach(ScratchFolder::remove);
        }
        return new ScratchFolder(Files.createTempDirectory(parent, PREFIX));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private static boolean abandoned(Path folder) {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException inUseOrJustBeingMade) {
            return false;
        }
    }

    /** Files that a machine still has open keep their space until it closes them. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException leftForTheNextOne) {
            // The next snapshot tries again.
        }
    }

    @Override
    public void close() {
        remove(folder);
        Closing.quietly(channel);
    }
}
