package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.replication.pool.PoolDriver.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What protects points, and what a removal leaves behind wherever it is interrupted. */
final class PointRetentionTest {

    /** Every change with the system property {@code standfest.crash.all}. */
    private static final int STEP = Boolean.getBoolean("standfest.crash.all") ? 1 : 11;

    @TempDir Path directory;

    private final MovingClock clock = new MovingClock();

    private ImagePool open() {
        return open(new CrashingFiles(Long.MAX_VALUE));
    }

    private ImagePool open(PoolFiles files) {
        ImagePool pool =
                new PoolOpener(files, clock, clock::nanos, new Random(7))
                        .open(directory.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow();
        PoolDriver.addSystem(pool);
        return pool;
    }

    private static void replicate(ImagePool pool, int points) {
        TestDisk disk = new TestDisk(8 * Blocks.SIZE);
        for (int i = 0; i < points; i++) {
            disk.fill(i % 8, i);
            PoolDriver.replicate(pool, "k" + i, Map.of("disk0", disk), Map.of());
        }
    }

    private static Outcome<Long> remove(ImagePool pool, long number) {
        return pool.retention().remove("s", number, Progress.NONE);
    }

    @Test
    void neverRemovesTheNewestAndWhatIsPinned() {
        try (ImagePool pool = open()) {
            replicate(pool, 3);
            assertEquals("pool.point-newest", code(remove(pool, 3)));
            assertEquals("pool.point-unknown", code(remove(pool, 9)));
            pool.retention().pin("s", 1, "me", "audit").orThrow();
            assertEquals("pool.point-pinned", code(remove(pool, 1)));
        }
        try (ImagePool pool = open()) {
            PruneReport report = pool.retention().prune("s", Set.of(), Progress.NONE).orThrow();
            assertEquals(List.of(2L), report.removed());
            assertEquals("pool.point-pinned", report.protectedPoints().get(1L).code());
            pool.retention().unpin("s", 1, "me").orThrow();
            remove(pool, 1).orThrow();
            assertEquals(1, pool.points("s").orThrow().size());
        }
    }

    @Test
    void keepsTheLastGoodPointWhenNewerOnesAreSuspect() {
        try (ImagePool pool = open()) {
            replicate(pool, 4);
            pool.retention().suspect("s", 4, "everything encrypted").orThrow();
            pool.retention().suspect("s", 3, "everything encrypted").orThrow();
            assertEquals("pool.point-last-good", code(remove(pool, 2)));
            assertTrue(pool.retention().points("s").orThrow().get(2).lastGood());
            remove(pool, 1).orThrow();
            remove(pool, 3).orThrow();
            pool.retention().clear("s", 4).orThrow();
            remove(pool, 2).orThrow();
        }
    }

    @Test
    void stopsAllRemovalWithAReason() {
        try (ImagePool pool = open()) {
            replicate(pool, 3);
            pool.retention().stop("s", "alarm", "nine tenths changed in an hour").orThrow();
            assertEquals("pool.retention-stopped", code(remove(pool, 1)));
            assertTrue(remove(pool, 1).problem().orElseThrow().toString().contains("nine tenths"));
        }
        try (ImagePool pool = open()) {
            assertEquals(0, pool.keepLast("s", 1).orThrow());
            pool.retention().resume("s", "alarm").orThrow();
            assertEquals(2, pool.keepLast("s", 1).orThrow());
        }
    }

    @Test
    void aLockOutlastsEveryPlayWithTheClock() {
        try (ImagePool pool = open()) {
            pool.setRules("s", new SystemRules("", 0, Duration.ofDays(30))).orThrow();
            replicate(pool, 3);
            assertEquals("pool.point-locked", code(remove(pool, 1)));
            clock.set(Duration.ofDays(400));
            assertEquals("pool.point-locked", code(remove(pool, 1)));
            clock.set(Duration.ofDays(-800));
            assertEquals("pool.point-locked", code(remove(pool, 1)));
            clock.set(Duration.ofDays(400));
            clock.pass(Duration.ofDays(10));
            assertEquals("pool.point-locked", code(remove(pool, 1)));
        }
        clock.set(Duration.ofDays(1_000));
        try (ImagePool pool = open()) {
            assertEquals("pool.point-locked", code(remove(pool, 1)));
            clock.pass(Duration.ofDays(19));
            assertEquals("pool.point-locked", code(remove(pool, 1)));
            clock.pass(Duration.ofDays(2));
            remove(pool, 1).orThrow();
        }
    }

    @Test
    void aLockIsOnlyEverMadeLonger() {
        try (ImagePool pool = open()) {
            replicate(pool, 2);
            Instant day = clock.instant().plus(Duration.ofDays(1));
            assertEquals(day, pool.retention().lock("s", 1, day).orThrow());
            assertEquals(day, pool.retention().lock("s", 1, day.minusSeconds(5_000)).orThrow());
            Instant later = day.plusSeconds(9_000);
            assertEquals(later, pool.retention().lock("s", 1, later).orThrow());
            assertEquals(
                    Optional.of(later),
                    pool.retention().points("s").orThrow().getLast().lockedUntil());
            clock.pass(Duration.ofDays(2));
            remove(pool, 1).orThrow();
        }
    }

    @Test
    void refusesAboveTheQuotaAndBelowTheReserve() {
        try (ImagePool pool = open()) {
            replicate(pool, 1);
            pool.setRules("s", new SystemRules("", 1, Duration.ZERO)).orThrow();
            TestDisk disk = new TestDisk(8 * Blocks.SIZE);
            PointRequest request = PoolDriver.request(pool, "q", Map.of("disk0", disk), Map.of());
            assertEquals("pool.quota", code(pool.begin(request)));
            pool.setRules("s", SystemRules.NONE).orThrow();
            pool.begin(request).orThrow().close();
            assertTrue(pool.points("s").isDone());
        }
        PoolSettings most = new PoolSettings(0, 90, PoolSettings.OlderDisks.DELTAS);
        PoolFiles nearlyFull = new FullFiles(new LocalPoolFiles(), 1_000L << 20, 899L << 20);
        try (ImagePool pool =
                PoolDriver.opener(nearlyFull).open(directory.resolve("pool"), most).orThrow()) {
            TestDisk disk = new TestDisk(8 * Blocks.SIZE);
            PointRequest request = PoolDriver.request(pool, "q", Map.of("disk0", disk), Map.of());
            assertEquals("pool.disk-full", code(pool.begin(request)));
        }
    }

    /** Dies at every change of a removal in the middle, with deltas and with clones. */
    @Test
    void survivesACrashAtEveryChangeOfARemoval() throws IOException {
        for (boolean sharing : new boolean[] {false, true}) {
            long all = removal(Long.MAX_VALUE, sharing, "count");
            assertTrue(all > 12, "only " + all);
            for (long at = 1; at <= all; at += STEP) {
                removal(at, sharing, "at" + at);
            }
        }
    }

    private long removal(long crashAt, boolean sharing, String name) throws IOException {
        Path at = directory.resolve(name + sharing);
        CrashingFiles making = new CrashingFiles(Long.MAX_VALUE);
        List<TestTree> trees = TreePoolTest.history();
        TestDisk disk = new TestDisk(6 * Blocks.SIZE);
        byte[][] contents = new byte[4][];
        try (ImagePool pool =
                PoolDriver.opener(sharing ? making.sharing() : making)
                        .open(at, PoolDriver.SETTINGS)
                        .orThrow()) {
            PoolDriver.addSystem(pool);
            for (int i = 0; i < 4; i++) {
                disk.fill(i, 40 + i);
                disk.fill(5, i);
                contents[i] = disk.content.clone();
                PoolDriver.replicate(
                        pool, "k" + i, Map.of("disk0", disk), Map.of("files", trees.get(i)));
            }
        }
        CrashingFiles crashing = new CrashingFiles(crashAt);
        CrashingFiles files = sharing ? crashing.sharing() : crashing;
        Outcome<ImagePool> opened = PoolDriver.opener(files).open(at, PoolDriver.SETTINGS);
        boolean done =
                opened.isDone()
                        && opened.orThrow().retention().remove("s", 2, Progress.NONE).isDone();
        files.powerOff();
        try (ImagePool pool = PoolDriver.open(at)) {
            List<Long> numbers =
                    pool.points("s").orThrow().stream().map(RecoveryPoint::number).toList();
            boolean gone = !numbers.contains(2L);
            assertTrue(gone || !done, name);
            assertEquals(gone ? List.of(4L, 3L, 1L) : List.of(4L, 3L, 2L, 1L), numbers, name);
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            // a copy that had to be written again is all that may be missing
            assertTrue(
                    report.findings().stream()
                            .allMatch(f -> f.explanation().code().equals("pool.found-copy")),
                    () -> name + report.findings());
            if (!gone) {
                pool.retention().remove("s", 2, Progress.NONE).orThrow();
            }
            for (int i : new int[] {0, 2, 3}) {
                Path out = directory.resolve("out");
                pool.export("s", i + 1, out, Progress.NONE).orThrow();
                assertArrayEquals(contents[i], Files.readAllBytes(out.resolve("disk0.img")));
                assertEquals(
                        List.of(),
                        TreeReader.read(out.resolve("files"))
                                .changesSince(trees.get(i).manifest()));
                new LocalPoolFiles().deleteTree(out);
            }
        }
        assertFalse(Files.exists(at.resolve("systems/s/joining")));
        new LocalPoolFiles().deleteTree(at);
        return files.changes();
    }
}
