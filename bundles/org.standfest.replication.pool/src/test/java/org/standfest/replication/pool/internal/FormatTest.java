package org.standfest.replication.pool.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Every file of a pool, damaged in every way and given other versions: typed answers, never
 * anything else.
 */
final class FormatTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path directory;

    private final LocalPoolFiles files = new LocalPoolFiles();

    private Outcome<ImagePool> open(Path at) {
        return new PoolOpener(files, Clock.fixed(NOW, ZoneOffset.UTC), new Random(1))
                .open(at, new PoolSettings(0));
    }

    /** A pool with two points of a small disk and a small tree. */
    private Path small() {
        Path at = directory.resolve("pool");
        try (ImagePool pool = open(at).orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            Optional<String> basis = Optional.empty();
            for (int mtime = 1; mtime <= 2; mtime++) {
                IncomingPoint point =
                        pool.begin(
                                        new PointRequest(
                                                "s",
                                                "k",
                                                1,
                                                NOW,
                                                basis,
                                                List.of(
                                                        new PointRequest.Volume(
                                                                "disk",
                                                                VolumeKind.DISK,
                                                                65_536 * 3),
                                                        new PointRequest.Volume(
                                                                "tree", VolumeKind.TREE, 0)),
                                                Map.of()))
                                .orThrow();
                TreeEntry root = TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, mtime);
                point.putEntry("tree", root).orThrow();
                basis =
                        Optional.of(
                                point.commit(
                                                Map.of(
                                                        "disk",
                                                                DiskManifest.zero(65_536 * 3)
                                                                        .root(),
                                                        "tree",
                                                                TreeManifest.of(List.of(root))
                                                                        .root()),
                                                Progress.NONE)
                                        .orThrow()
                                        .id());
            }
        }
        return at;
    }

    @Test
    void sheetsKeepValuesAndNoticeDamage() throws IOException {
        Path path = directory.resolve("x.properties");
        Map<String, String> values = Map.of("a", "two\nlines\\n\r", "b", "=ü=", "c", "");
        new Sheet(values).write(files, path);
        assertEquals(values, Sheet.read(files, path).values());
        byte[] bytes = Files.readAllBytes(path);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            Files.write(path, damaged);
            assertThrows(Damage.class, () -> Sheet.read(files, path));
            Files.write(path, Arrays.copyOf(bytes, i));
            assertThrows(Damage.class, () -> Sheet.read(files, path));
        }
    }

    @Test
    void refusesAnotherVersionOfThePool() throws IOException {
        Path at = small();
        Map<String, String> values =
                new HashMap<>(Sheet.read(files, at.resolve("pool.properties")).values());
        values.put("format", "3");
        new Sheet(values).write(files, at.resolve("pool.properties"));
        assertEquals("pool.version-unknown", open(at).problem().orElseThrow().code());
    }

    @Test
    void aDamagedFileIsNeverTakenForGood() throws IOException {
        Path at = small();
        List<Path> all;
        try (var walk = Files.walk(at.resolve("systems"))) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        assertTrue(all.size() >= 7, all::toString);
        Random random = new Random(5);
        for (Path file : all) {
            byte[] bytes = Files.readAllBytes(file);
            if (file.toString().endsWith(".img")) {
                continue;
            }
            for (int i = 0; i < 12; i++) {
                byte[] damaged = bytes.clone();
                damaged[i < 6 && i < bytes.length ? i : random.nextInt(bytes.length)] ^=
                        (byte) (1 << random.nextInt(8));
                Files.write(
                        file,
                        i % 4 == 3 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : damaged);
                try (ImagePool pool = open(at).orThrow()) {
                    Outcome<?> points = pool.points("s");
                    boolean noticed =
                            !points.isDone()
                                    || pool.points("s").orThrow().size() < 2
                                    || pool.verify("s", Progress.NONE)
                                            .map(report -> !report.intact())
                                            .result()
                                            .orElse(true);
                    // the padding of a disk manifest's header says nothing
                    assertTrue(noticed || file.toString().endsWith("disk.disk"), file + " " + i);
                }
            }
            Files.write(file, bytes);
        }
        try (ImagePool pool = open(at).orThrow()) {
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }
}
