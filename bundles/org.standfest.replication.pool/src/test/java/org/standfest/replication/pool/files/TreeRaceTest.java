package org.standfest.replication.pool.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Somebody puts a link in the place of a directory, again and again, while a tree is written. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class TreeRaceTest {

    private static final int OF_EACH = 100;
    private static final int MOST = 1_000_000;

    @TempDir Path directory;
    private final AtomicBoolean over = new AtomicBoolean();

    private Void swap(Path own, Path outside) throws IOException {
        Path kept = own.resolveSibling("kept");
        while (!over.get()) {
            Files.move(own, kept);
            Files.createSymbolicLink(own, outside);
            Files.delete(own);
            Files.move(kept, own);
        }
        return null;
    }

    /** Whether the file was reached. */
    private boolean write() {
        // a tree that was open before would keep the directory itself and walk only once
        try (TreeFiles tree = new LocalPoolFiles().tree(directory.resolve("tree"));
                PoolFile file = tree.open(TreePath.of("own/deep/x"), PoolFiles.Mode.REPLACE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), 0);
            tree.delete(TreePath.of("own/deep/secret"));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void aDirectoryThatBecomesALinkMeanwhileLeadsNowhere() throws Exception {
        Path outside = directory.resolve("outside");
        Path secret = Files.createDirectories(outside.resolve("deep")).resolve("secret");
        Files.writeString(secret, "secret");
        Path own = directory.resolve("tree/own");
        Files.createDirectories(own.resolve("deep"));
        FutureTask<Void> swapping = new FutureTask<>(() -> swap(own, outside));
        Thread.ofPlatform().daemon().start(swapping);
        int reached = 0;
        int refused = 0;
        try {
            while ((reached < OF_EACH || refused < OF_EACH) && !swapping.isDone()) {
                boolean done = write();
                reached += done ? 1 : 0;
                refused += done ? 0 : 1;
                assertTrue(reached + refused < MOST, reached + " reached, " + refused + " refused");
            }
        } finally {
            over.set(true);
            swapping.get();
        }
        try (Stream<Path> all = Files.list(outside.resolve("deep"))) {
            assertEquals(List.of(secret), all.toList());
        }
        assertEquals("secret", Files.readString(secret));
    }
}
