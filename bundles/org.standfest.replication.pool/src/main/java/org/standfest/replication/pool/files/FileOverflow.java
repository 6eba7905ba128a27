package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.Overflow;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts bytes into files that never have a name and maps them: the kernel may take their memory at
 * any time, and nothing is left of them when the program ends, however it ends. Where there is no
 * such folder, no room in it, or a file system without nameless files, the heap has to do.
 * Immutable, safe for any thread; only on Linux.
 *
 * @param folder on a disk; a file system in memory would help nobody
 */
record FileOverflow(Path folder) implements Overflow {

    private static final int OWNER_ONLY = 0600;

    /** The folder for temporary files that may be large. */
    static final FileOverflow STANDARD = new FileOverflow(Path.of("/var/tmp"));

    @Override
    public MemorySegment keep(byte[] bytes) {
        try {
            try (FileChannel channel = nameless()) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                // written, not stored to the mapping: a full disk is a fault here and no signal
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes.length, Arena.ofAuto());
            }
        } catch (IOException noRoom) {
            return MemorySegment.ofArray(bytes);
        }
    }

    /** A file that never has a name, so that nothing has to be removed, whatever happens. */
    private FileChannel nameless() throws IOException {
        LibC c = new LibC();
        byte[] where = folder.toString().getBytes(StandardCharsets.UTF_8);
        int fd = c.open(LibC.AT_FDCWD, where, LibC.O_RDWR | LibC.O_TMPFILE, OWNER_ONLY);
        try {
            return FileChannel.open(
                    Path.of("/proc/self/fd", Integer.toString(fd)),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } finally {
            c.close(fd);
        }
    }
}
