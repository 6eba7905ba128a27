package org.standfest.replication.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reading a disk out of a file. */
final class DiskViewTest {

    @TempDir Path directory;

    @Test
    void whatGrowsBehindTheEndIsNoPartOfTheDisk() throws IOException {
        Path file = Files.write(directory.resolve("disk.img"), new byte[100]);
        try (FileChannel channel = FileChannel.open(file)) {
            Files.write(file, new byte[300]);
            ByteBuffer target = ByteBuffer.allocate(64);
            assertEquals(36, DiskView.read(channel, 100, 64, target));
            assertEquals(28, target.remaining(), "the rest of the buffer stays free");
            assertEquals(0, DiskView.read(channel, 100, 100, target));
            assertThrows(
                    IllegalArgumentException.class, () -> DiskView.read(channel, 100, 101, target));
        }
    }

    @Test
    void aFileThatShrankEndsEarly() throws IOException {
        Path file = Files.write(directory.resolve("disk.img"), new byte[100]);
        try (FileChannel channel = FileChannel.open(file)) {
            Files.write(file, new byte[10]);
            assertEquals(10, DiskView.read(channel, 100, 0, ByteBuffer.allocate(64)));
        }
    }
}
