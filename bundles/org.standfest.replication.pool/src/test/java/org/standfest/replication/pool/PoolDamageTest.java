package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.replication.pool.PoolDriver.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a pool says of damage, and what damage does not take with it. */
final class PoolDamageTest {

    @TempDir Path directory;

    @Test
    void findsDamage() throws IOException {
        TestDisk disk = TestDisk.some();
        Path at = directory.resolve("pool");
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(0, 1);
            PoolDriver.replicate(pool, "b", Map.of("disk0", disk), Map.of());
            Path image = pool.newestImage("s", "disk0").orThrow();
            byte[] bytes = Files.readAllBytes(image);
            bytes[5 * Blocks.SIZE] ^= 1;
            Files.write(image, bytes);
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertEquals("pool.found-block", report.findings().getFirst().explanation().code());
            assertEquals(1, report.findings().size());
        }
        Path delta = at.resolve("systems/s/older/00000001/disk0.disk");
        byte[] bytes = Files.readAllBytes(delta);
        bytes[bytes.length - 1] ^= 1;
        Files.write(delta, bytes);
        try (ImagePool pool = PoolDriver.open(at)) {
            List<String> codes =
                    pool.verify("s", Progress.NONE).orThrow().findings().stream()
                            .map(finding -> finding.explanation().code())
                            .toList();
            assertEquals(List.of("pool.found-block", "pool.found-old-content"), codes);
        }
        Path manifest = at.resolve("systems/s/manifests/disk0.disk");
        byte[] hashes = Files.readAllBytes(manifest);
        hashes[70] ^= 1;
        Files.write(manifest, hashes);
        try (ImagePool pool = PoolDriver.open(at)) {
            assertEquals("pool.damaged", code(pool.verify("s", Progress.NONE)));
        }
    }

    @Test
    void oneDamagedSystemDoesNotTakeTheOthersWithIt() throws IOException {
        Path at = directory.resolve("pool");
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            pool.addSystem("broken", "Broken").orThrow();
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
        }
        Files.writeString(at.resolve("systems/broken/system.properties"), "nonsense");
        try (ImagePool pool = PoolDriver.open(at)) {
            assertEquals("pool.damaged", pool.damaged().get("broken").code());
            assertEquals("pool.damaged", code(pool.points("broken")));
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            pool.removeSystem("broken").orThrow();
            assertTrue(pool.damaged().isEmpty());
            pool.addSystem("broken", "New").orThrow();
            pool.hold("s", "me", "test").orThrow();
            assertEquals("pool.held", code(pool.removeSystem("s")));
            pool.release("s", "me").orThrow();
            pool.removeSystem("s").orThrow();
            assertEquals("pool.system-unknown", code(pool.points("s")));
            assertFalse(Files.exists(at.resolve("systems/s")));
        }
    }

    @Test
    void aDamagedOldPointDoesNotTakeTheNewestWithIt() throws IOException {
        Path at = directory.resolve("pool");
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            for (int i = 0; i < 4; i++) {
                disk.fill(i, 50 + i);
                PoolDriver.replicate(pool, "k" + i, Map.of("disk0", disk), Map.of());
            }
        }
        Files.writeString(at.resolve("systems/s/points/00000002.properties"), "nonsense");
        try (ImagePool pool = PoolDriver.open(at)) {
            // also what is behind the damaged one can be restored: its delta is intact
            assertEquals(3, pool.points("s").orThrow().size());
            pool.export("s", 1, directory.resolve("out"), Progress.NONE).orThrow();
            List<String> codes =
                    pool.verify("s", Progress.NONE).orThrow().findings().stream()
                            .map(finding -> finding.explanation().code())
                            .toList();
            assertEquals(List.of("pool.found-sheet"), codes);
            assertTrue(Files.exists(at.resolve("systems/s/older/00000001")));
            assertEquals(1, pool.keepLast("s", 2).orThrow());
            assertTrue(Files.exists(at.resolve("systems/s/older/00000002")));
            assertFalse(Files.exists(at.resolve("systems/s/older/00000001")));
        }
    }
}
