package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.replication.pool.PoolDriver.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Points of several systems become the newest together or not at all. */
final class GroupCommitTest {

    private static final int STEP = Boolean.getBoolean("standfest.crash.all") ? 1 : 7;
    private static final List<String> SYSTEMS = List.of("a", "b", "c");

    @TempDir Path directory;

    private static IncomingPoint begin(ImagePool pool, String system, TestDisk disk, String key) {
        Optional<String> basis =
                pool.points(system).orThrow().stream().findFirst().map(RecoveryPoint::id);
        PointRequest.Volume volume =
                new PointRequest.Volume("disk0", VolumeKind.DISK, disk.content.length);
        IncomingPoint point =
                pool.begin(
                                new PointRequest(
                                        system,
                                        key,
                                        1,
                                        PoolDriver.TAKEN,
                                        basis,
                                        List.of(volume),
                                        Map.of()))
                        .orThrow();
        DiskManifest known =
                basis.isEmpty()
                        ? DiskManifest.zero(disk.content.length)
                        : pool.diskManifest(system, "disk0").orThrow();
        disk.send(point, "disk0", known);
        return point;
    }

    private static Map<String, BlockHash> roots(TestDisk disk) {
        return Map.of("disk0", disk.manifest().root());
    }

    private static TestDisk disk(String system, int state) {
        TestDisk disk = new TestDisk(5 * Blocks.SIZE);
        disk.fill(0, system.charAt(0));
        disk.fill(1 + state, state * 100 + system.charAt(0));
        return disk;
    }

    private static ImagePool make(Path at) {
        ImagePool pool = PoolDriver.open(at);
        for (String system : SYSTEMS) {
            pool.addSystem(system, "System " + system).orThrow();
            TestDisk disk = disk(system, 0);
            begin(pool, system, disk, "first").commit(roots(disk), Progress.NONE).orThrow();
        }
        return pool;
    }

    private static Outcome<List<RecoveryPoint>> commit(ImagePool pool) {
        List<IncomingPoint> prepared = new ArrayList<>();
        for (String system : SYSTEMS) {
            TestDisk disk = disk(system, 1);
            IncomingPoint point = begin(pool, system, disk, "second");
            point.prepare(roots(disk), "night", Progress.NONE).orThrow();
            prepared.add(point);
        }
        return pool.commitGroup("night", prepared);
    }

    @Test
    void allBecomeTheNewestTogether() throws IOException {
        Path at = directory.resolve("pool");
        try (ImagePool pool = make(at)) {
            List<RecoveryPoint> points = commit(pool).orThrow();
            assertEquals(3, points.size());
            for (int i = 0; i < 3; i++) {
                assertEquals("night", points.get(i).description().get("group"));
                assertEquals(
                        points.get(i),
                        pool.system(SYSTEMS.get(i)).orElseThrow().newest().orElseThrow());
            }
            assertTrue(new LocalPoolFiles().list(at.resolve("groups")).isEmpty());
        }
    }

    @Test
    void refusesAMemberThatIsNotReadyAndLosesNothing() {
        try (ImagePool pool = make(directory.resolve("pool"))) {
            TestDisk a = disk("a", 1);
            TestDisk b = disk("b", 1);
            IncomingPoint first = begin(pool, "a", a, "second");
            IncomingPoint second = begin(pool, "b", b, "second");
            first.prepare(roots(a), "night", Progress.NONE).orThrow();
            assertEquals("pool.session-prepared", code(first.putZero("disk0", 0, 1)));
            List<IncomingPoint> both = List.of(first, second);
            assertEquals("pool.group-not-prepared", code(pool.commitGroup("night", both)));
            second.prepare(roots(b), "night", Progress.NONE).orThrow();
            assertEquals("pool.group-not-prepared", code(pool.commitGroup("day", both)));
            assertEquals(
                    "pool.request-wrong", code(pool.commitGroup("night", List.of(first, first))));
            pool.hold("b", "me", "runs").orThrow();
            assertEquals("pool.held", code(pool.commitGroup("night", both)));
            assertEquals(1, pool.points("a").orThrow().size());
            pool.release("b", "me").orThrow();
            first.unprepare().orThrow();
            first.putBlock("disk0", 4, a.manifest().hash(0), a.block(0)).orThrow();
            first.putZero("disk0", 4, 1).orThrow();
            first.prepare(roots(a), "night", Progress.NONE).orThrow();
            pool.commitGroup("night", both).orThrow();
            assertEquals(2, pool.points("a").orThrow().size());
            assertEquals("pool.session-over", code(first.putZero("disk0", 0, 1)));
        }
    }

    @Test
    void survivesACrashAtEveryChange() throws IOException {
        long all = crash(Long.MAX_VALUE);
        for (long at = 1; at <= all; at += STEP) {
            crash(at);
        }
    }

    private long crash(long crashAt) throws IOException {
        Path at = directory.resolve("crash" + crashAt);
        make(at).close();
        CrashingFiles files = new CrashingFiles(crashAt);
        Outcome<ImagePool> opened = PoolDriver.opener(files).open(at, PoolDriver.SETTINGS);
        boolean acknowledged = false;
        if (opened.isDone()) {
            try {
                acknowledged = commit(opened.orThrow()).isDone();
            } catch (IllegalStateException died) {
                assertTrue(files.crashed(), died::toString);
            }
        }
        files.powerOff();
        // a second death while the first is being repaired
        CrashingFiles again = new CrashingFiles(1 + crashAt % 23);
        PoolDriver.opener(again).open(at, PoolDriver.SETTINGS);
        again.powerOff();
        try (ImagePool pool = PoolDriver.open(at)) {
            List<Integer> counts = new ArrayList<>();
            for (String system : SYSTEMS) {
                int count = pool.points(system).orThrow().size();
                counts.add(count);
                TestDisk shown = disk(system, count - 1);
                assertArrayEquals(
                        shown.content,
                        Files.readAllBytes(pool.newestImage(system, "disk0").orThrow()));
                VerifyReport report = pool.verify(system, Progress.NONE).orThrow();
                assertTrue(report.intact(), () -> crashAt + " " + report.findings());
            }
            assertEquals(1, counts.stream().distinct().count(), crashAt + ": " + counts);
            assertTrue(!acknowledged || counts.getFirst() == 2, "lost at " + crashAt);
            assertTrue(new LocalPoolFiles().list(at.resolve("groups")).isEmpty());
            if (counts.getFirst() == 1) {
                commit(pool).orThrow();
            }
        }
        new LocalPoolFiles().deleteTree(at);
        return files.changes();
    }
}
