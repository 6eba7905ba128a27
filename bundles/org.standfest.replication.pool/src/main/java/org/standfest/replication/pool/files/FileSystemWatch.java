package org.standfest.replication.pool.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A descriptor through which Linux tells of failed writes: a {@code syncfs} reports what failed
 * since its own descriptor was opened, once to each of them, and to a new one only what nobody has
 * heard yet.
 */
final class FileSystemWatch implements SyncWatch {

    private final LibC c = new LibC();
    private final int fd;

    FileSystemWatch(Path directory) throws IOException {
        byte[] name = directory.toString().getBytes(StandardCharsets.UTF_8);
        fd = c.open(LibC.AT_FDCWD, name, LibC.O_RDONLY | LibC.O_DIRECTORY, 0);
    }

    /** Everything on the file system, wherever it lies. */
    @Override
    public void syncAll(Path directory) throws IOException {
        c.syncFileSystem(fd);
    }

    @Override
    public void close() {
        c.close(fd);
    }
}
