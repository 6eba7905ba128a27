package org.standfest.replication.pool.files;

import org.standfest.replication.protocol.manifest.Overflow;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Puts bytes into files that have no name any more and maps them: the kernel may take their memory
 * at any time, and nothing is left of them when the program ends, however it ends. Where there is
 * no such folder, or no room in it, the heap has to do. Immutable, safe for any thread.
 *
 * @param folder on a disk; a file system in memory would help nobody
 */
record FileOverflow(Path folder) implements Overflow {

    /** The folder for temporary files that may be large. */
    static final FileOverflow STANDARD = new FileOverflow(Path.of("/var/tmp"));

    @Override
    public MemorySegment keep(byte[] bytes) {
        try {
            // readable by this user only
            Path file = Files.createTempFile(folder, "standfest", ".part");
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(file);
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
}
