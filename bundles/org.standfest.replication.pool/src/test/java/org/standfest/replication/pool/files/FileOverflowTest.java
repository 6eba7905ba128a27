package org.standfest.replication.pool.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

final class FileOverflowTest {

    @TempDir private Path folder;

    private static byte[] bytes() {
        byte[] bytes = new byte[100_003];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    @Test
    void keepsBytesOutsideTheHeapAndLeavesNoName() throws IOException {
        byte[] bytes = bytes();
        MemorySegment kept = new FileOverflow(folder).keep(bytes);
        bytes[7]++;
        assertEquals(true, kept.isMapped());
        assertArrayEquals(bytes(), kept.toArray(ValueLayout.JAVA_BYTE));
        try (Stream<Path> names = Files.list(folder)) {
            assertEquals(List.of(), names.toList());
        }
    }

    @Test
    void staysInTheHeapWhereThereIsNoFolder() {
        MemorySegment kept = new FileOverflow(folder.resolve("none")).keep(bytes());
        assertEquals(false, kept.isMapped());
        assertArrayEquals(bytes(), kept.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void anEarlyBeginningDoesNotHideThatADirectoryIsMissing() throws IOException {
        LocalPoolFiles files = new LocalPoolFiles();
        files.startWritingAll(folder);
        files.syncAll(folder);
        files.startWritingAll(folder.resolve("none"));
        assertThrows(IOException.class, () -> files.syncAll(folder.resolve("none")));
    }
}
