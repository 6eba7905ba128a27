package org.standfest.replication.pool.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
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
    void hasNoNameAtAnyMoment() throws Exception {
        // whoever looks meanwhile sees none either: a kill at any moment would leave nothing
        List<Path> seen = new CopyOnWriteArrayList<>();
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            for (int i = 0; i < 20; i++) {
                assertEquals(true, new FileOverflow(folder).keep(bytes()).isMapped());
            }
            Files.createFile(folder.resolve("last"));
            while (!seen.contains(Path.of("last"))) {
                WatchKey key = watch.take();
                key.pollEvents().forEach(event -> seen.add((Path) event.context()));
                key.reset();
            }
        }
        assertEquals(List.of(Path.of("last")), seen);
    }

    @Test
    void staysInTheHeapWhereThereIsNoFolder() {
        MemorySegment kept = new FileOverflow(folder.resolve("none")).keep(bytes());
        assertEquals(false, kept.isMapped());
        assertArrayEquals(bytes(), kept.toArray(ValueLayout.JAVA_BYTE));
    }
}
