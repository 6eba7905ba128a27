package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bit rot is found and mended; lost sheets and manifests come back. */
final class UpkeepTest {

    @TempDir Path directory;

    private Path at() {
        return directory.resolve("pool");
    }

    private Path system(String file) {
        return at().resolve("systems/s").resolve(file);
    }

    private static void flip(Path file, long position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) position] ^= 0x10;
        Files.write(file, bytes);
    }

    private TestDisk make(int points) {
        TestDisk disk = new TestDisk(12 * Blocks.SIZE + 512);
        List<TestTree> trees = TreePoolTest.history();
        for (int i = 0; i < 6; i++) {
            disk.fill(i, 1_000 + i);
        }
        try (ImagePool pool = PoolDriver.openWithSystem(at())) {
            for (int i = 0; i < points; i++) {
                disk.fill(6 + i, 50 + i);
                disk.fill(0, 80 + i);
                PoolDriver.replicate(
                        pool, "k" + i, Map.of("disk0", disk), Map.of("files", trees.get(i)));
            }
        }
        return disk;
    }

    private static ScrubReport scrub(ImagePool pool) {
        return pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
    }

    @Test
    void aHealthySystemIsRead() {
        make(3);
        try (ImagePool pool = PoolDriver.open(at())) {
            ScrubReport report = scrub(pool);
            assertTrue(report.complete());
            assertTrue(report.checkedBytes() > 12L * Blocks.SIZE);
            assertTrue(report.findings().isEmpty());
            assertEquals(
                    Optional.of(report.endedAt()),
                    pool.upkeep().lastScrub("s").orThrow().map(ScrubReport::endedAt));
            assertEquals(1, pool.upkeep().verifyAll(Progress.NONE).orThrow().size());
        }
    }

    @Test
    void rotIsMendedFromAnotherSystemOrElseWantedFromTheAgent() throws IOException {
        TestDisk disk = make(2);
        try (ImagePool pool = PoolDriver.open(at())) {
            flip(system("current/disk0.img"), 2L * Blocks.SIZE + 7);
            flip(system("current/disk0.img"), 10L * Blocks.SIZE);
            ScrubReport report = scrub(pool);
            assertEquals(1, report.wantedBlocks(), report.findings()::toString);
            assertEquals(1, report.repairedBlocks(), "a zero block is no loss");
            assertEquals("pool.found-block", finding(pool), report.findings()::toString);
            List<WantedBlock> wanted = pool.upkeep().wanted("s").orThrow();
            BlockHash hash = disk.manifest().hash(2);
            assertEquals(List.of(new WantedBlock("disk0", Optional.empty(), 2, hash)), wanted);
            assertFalse(pool.retention().points("s").orThrow().getFirst().lastGood());
            assertTrue(pool.retention().points("s").orThrow().getLast().lastGood());

            IncomingPoint session =
                    pool.begin(
                                    PoolDriver.request(
                                            pool,
                                            "r",
                                            Map.of("disk0", disk),
                                            Map.of("files", TreePoolTest.history().get(1))))
                            .orThrow();
            assertTrue(session.repair(wanted.getFirst(), disk.block(2)).orThrow());
            assertFalse(session.repair(wanted.getFirst(), disk.block(2)).orThrow());
            session.close();
            assertTrue(pool.upkeep().wanted("s").orThrow().isEmpty());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    private static String finding(ImagePool pool) {
        return pool.verify("s", Progress.NONE).orThrow().findings().getFirst().explanation().code();
    }

    @Test
    void anotherSystemGivesWhatItHas() throws IOException {
        TestDisk disk = make(1);
        try (ImagePool pool = PoolDriver.open(at())) {
            pool.addSystem("twin", "Twin").orThrow();
            IncomingPoint point =
                    pool.begin(
                                    new PointRequest(
                                            "twin",
                                            "k",
                                            1,
                                            PoolDriver.TAKEN,
                                            Optional.empty(),
                                            List.of(
                                                    new PointRequest.Volume(
                                                            "sda",
                                                            org.standfest.replication.protocol
                                                                    .VolumeKind.DISK,
                                                            Blocks.SIZE)),
                                            Map.of()))
                            .orThrow();
            TestDisk small = new TestDisk(Blocks.SIZE);
            small.content = java.util.Arrays.copyOfRange(disk.content, 0, Blocks.SIZE);
            small.send(
                    point,
                    "sda",
                    org.standfest.replication.protocol.manifest.DiskManifest.zero(Blocks.SIZE));
            point.commit(Map.of("sda", small.manifest().root()), Progress.NONE).orThrow();
            flip(system("current/disk0.img"), 99);
            ScrubReport report = scrub(pool);
            assertEquals(1, report.repairedBlocks());
            assertEquals(0, report.wantedBlocks());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
        }
    }

    @Test
    void aRottenOldPointIsSaidToBeLost() throws IOException {
        make(3);
        Path delta = system("older/00000001/disk0.disk");
        flip(delta, Files.size(delta) - 1);
        try (ImagePool pool = PoolDriver.open(at())) {
            ScrubReport report = scrub(pool);
            assertEquals(1, report.lostBlocks());
            assertEquals("pool.scrub-lost", report.findings().getFirst().explanation().code());
            assertEquals(1, pool.retention().points("s").orThrow().getLast().damagedBlocks());
        }
    }

    @Test
    void aCancelledScrubGoesOnWhereItStopped() {
        make(4);
        Progress once =
                new Progress() {
                    private int pieces;

                    @Override
                    public void report(long doneBytes, long totalBytes) {
                        pieces++;
                    }

                    @Override
                    public boolean cancelled() {
                        return pieces > 0;
                    }
                };
        long before = 0;
        long[] slept = new long[1];
        ScrubPace pace =
                ScrubPace.limited(1 << 20, () -> 0L, duration -> slept[0] += duration.toMillis());
        for (int i = 0; i < 20; i++) {
            try (ImagePool pool = PoolDriver.open(at())) {
                ScrubReport report =
                        pool.upkeep().scrub("s", pace, i < 3 ? once : Progress.NONE).orThrow();
                assertTrue(report.checkedBytes() >= before);
                before = report.checkedBytes();
                if (report.complete()) {
                    assertTrue(i >= 3, "cancelled three times");
                    assertTrue(slept[0] > Duration.ofMillis(500).toMillis(), "slept " + slept[0]);
                    return;
                }
            }
        }
        throw new AssertionError("never through");
    }

    private RepairReport repair(ImagePool pool) {
        return pool.upkeep().repair("s", true, Progress.NONE).orThrow();
    }

    @Test
    void everySheetComesBackFromItsCopy() throws IOException {
        make(3);
        try (ImagePool pool = PoolDriver.open(at())) {
            assertTrue(repair(pool).clean());
            pool.retention().pin("s", 1, "me", "keep").orThrow();
            pool.hold("s", "me", "runs").orThrow();
        }
        for (String sheet :
                List.of(
                        "system.properties",
                        "guards.properties",
                        "holds.properties",
                        "points/00000003.properties",
                        "points/00000001.properties")) {
            for (String which : List.of("", ".copy")) {
                Files.writeString(system(sheet + which), "rot");
                try (ImagePool pool = PoolDriver.open(at())) {
                    RepairReport report = repair(pool);
                    assertEquals(1, report.repaired().size(), report.repaired()::toString);
                    assertTrue(report.left().isEmpty());
                    assertEquals(3, pool.points("s").orThrow().size());
                    assertEquals(1, pool.system("s").orElseThrow().holds().size());
                    assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
                    assertTrue(repair(pool).clean());
                }
            }
        }
    }

    @Test
    void whatIsLostTwiceIsRebuiltOnTheSafeSide() throws IOException {
        make(2);
        for (String sheet : List.of("system.properties", "guards.properties", "holds.properties")) {
            Files.writeString(system(sheet), "rot");
            Files.writeString(system(sheet + ".copy"), "rot");
        }
        try (ImagePool pool = PoolDriver.open(at())) {
            assertTrue(pool.damaged().containsKey("s"));
            assertEquals(3, repair(pool).repaired().size());
            assertTrue(pool.damaged().isEmpty());
            PooledSystem system = pool.system("s").orElseThrow();
            assertEquals(2, system.epoch());
            assertEquals(1, system.holds().size());
            assertEquals(2, pool.points("s").orThrow().size());
            assertEquals(
                    "pool.retention-stopped",
                    pool.retention().remove("s", 1, Progress.NONE).problem().orElseThrow().code());
        }
    }

    @Test
    void manifestsComeBackFromTheContent() throws IOException {
        make(3);
        for (String file : List.of("manifests/disk0.disk", "manifests/files.tree")) {
            byte[] before = Files.readAllBytes(system(file));
            flip(system(file), before.length - 40);
            try (ImagePool pool = PoolDriver.open(at())) {
                assertFalse(pool.verify("s", Progress.NONE).isDone());
                RepairReport report = repair(pool);
                assertTrue(report.left().isEmpty(), report.left()::toString);
                assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            }
            Files.delete(system(file));
            try (ImagePool pool = PoolDriver.open(at())) {
                assertTrue(repair(pool).left().isEmpty());
                assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            }
        }
    }

    @Test
    void manifestAndContentMayBothHaveSuffered() throws IOException {
        make(1);
        flip(system("manifests/disk0.disk"), 64 + 3 * 32);
        flip(system("current/disk0.img"), 4L * Blocks.SIZE);
        try (ImagePool pool = PoolDriver.open(at())) {
            assertTrue(repair(pool).left().isEmpty());
            assertEquals("pool.found-block", finding(pool));
            assertEquals(1, pool.verify("s", Progress.NONE).orThrow().findings().size());
        }
    }

    @Test
    void aNewestPointWithoutSheetIsDescribedAnew() throws IOException {
        TestDisk disk = make(3);
        Files.writeString(system("points/00000003.properties"), "rot");
        Files.writeString(system("points/00000003.properties.copy"), "rot");
        try (ImagePool pool = PoolDriver.open(at())) {
            assertTrue(pool.damaged().containsKey("s"));
            assertTrue(repair(pool).left().isEmpty());
            RecoveryPoint newest = pool.points("s").orThrow().getFirst();
            assertEquals(3, newest.number());
            assertTrue(newest.description().containsKey("rebuilt"));
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            pool.export("s", 1, directory.resolve("out"), Progress.NONE).orThrow();
        }
    }

    @Test
    void sayingWhatWouldBeDoneChangesNothing() throws IOException {
        make(2);
        Files.writeString(system("points/00000001.properties.copy"), "rot");
        try (ImagePool pool = PoolDriver.open(at())) {
            RepairReport report = pool.upkeep().repair("s", false, Progress.NONE).orThrow();
            assertEquals(1, report.repaired().size());
            assertEquals("rot", Files.readString(system("points/00000001.properties.copy")));
        }
    }
}
