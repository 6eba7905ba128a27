package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A reader that knows POOL.md and nothing of our code reads what our code wrote. */
final class IndependentReaderTest {

    @TempDir Path directory;

    private record Answer(int code, String text) {}

    private static Answer read(Path pool) throws IOException, InterruptedException {
        Path script = Path.of("src", "test", "resources", "read_pool.py").toAbsolutePath();
        assertTrue(Files.exists(script), "tests run in the bundle's folder");
        Process process;
        try {
            process =
                    new ProcessBuilder("python3", script.toString(), pool.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException none) {
            assumeTrue(false, "python3 is not installed");
            throw none;
        }
        String text = new String(process.getInputStream().readAllBytes());
        return new Answer(process.waitFor(), text);
    }

    /** Verifies every point of a pool nobody has open. */
    static void check(Path pool) throws IOException {
        try {
            Answer answer = read(pool);
            assertEquals(0, answer.code(), answer.text());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void verifiesTheNewestPointAndSeesDamage() throws IOException, InterruptedException {
        Path at = directory.resolve("pool");
        TestDisk disk = new TestDisk(1_100 * Blocks.SIZE + 512);
        disk.fill(0, 1);
        disk.fill(1_100, 2);
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            int number = 0;
            for (TestTree tree : TreePoolTest.history()) {
                disk.fill(number + 3, number);
                PoolDriver.replicate(
                        pool, "k" + number++, Map.of("disk0", disk), Map.of("files", tree));
            }
        }
        Answer answer = read(at);
        assertEquals(0, answer.code(), answer.text());
        assertTrue(answer.text().contains("intact s 4 disk0 1101"), answer.text());
        assertTrue(answer.text().contains("intact s 4 files "), answer.text());
        assertTrue(answer.text().contains("intact s 1 disk0 1101"), answer.text());
        assertTrue(answer.text().contains("intact s 2 files "), answer.text());

        Path image = at.resolve("systems/s/current/disk0.img");
        byte[] bytes = Files.readAllBytes(image);
        bytes[4 * Blocks.SIZE] ^= 1;
        Files.write(image, bytes);
        assertNotEquals(0, read(at).code());
    }
}
