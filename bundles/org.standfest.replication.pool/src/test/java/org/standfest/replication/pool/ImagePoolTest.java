package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.replication.pool.PoolDriver.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

final class ImagePoolTest {

    @TempDir Path directory;

    @Test
    void keepsTheNewestPointNativeAndRestoresOlderOnes() throws IOException {
        TestDisk first = TestDisk.some();
        TestDisk second = first.copy();
        second.fill(2, 1000);
        second.zero(4);
        second.fill(5, 1001);
        TestDisk third = second.copy();
        third.fill(2, 2000);
        third.fill(39, 2001);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", first), Map.of());
            PoolDriver.replicate(pool, "b", Map.of("disk0", second), Map.of());
            RecoveryPoint point = PoolDriver.replicate(pool, "c", Map.of("disk0", third), Map.of());

            assertEquals(3, point.number());
            assertEquals(2 * Blocks.SIZE, point.receivedBytes());
            assertArrayEquals(
                    third.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            List<TestDisk> all = List.of(first, second, third);
            for (int number = 1; number <= 3; number++) {
                Path target = directory.resolve("out" + number);
                pool.export("s", number, target, Progress.NONE).orThrow();
                assertArrayEquals(
                        all.get(number - 1).content,
                        Files.readAllBytes(target.resolve("disk0.img")));
            }
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertTrue(report.intact(), report.findings()::toString);
            assertEquals(3, report.points());
        }
        try (ImagePool again = PoolDriver.open(directory.resolve("pool"))) {
            assertEquals(3, again.points("s").orThrow().size());
            assertEquals(
                    "2", again.points("s").orThrow().getFirst().description().get("machine.cpus"));
            assertTrue(again.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void keepsHolesAsHoles() throws IOException {
        TestDisk disk = new TestDisk(64 << 20);
        disk.fill(7, 7);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(500, 8);
            disk.zero(7);
            PoolDriver.replicate(pool, "b", Map.of("disk0", disk), Map.of());
            Path image = pool.newestImage("s", "disk0").orThrow();
            assertEquals(64 << 20, Files.size(image));
            assertTrue(new LocalPoolFiles().allocatedBytes(image) <= 2 * Blocks.SIZE);
        }
    }

    @Test
    void resumesAtTheBlockItStoppedAt() {
        TestDisk disk = TestDisk.some();
        Path at = directory.resolve("pool");
        for (int round = 0; round < 2; round++) {
            String key = "key" + round;
            try (ImagePool pool = PoolDriver.open(at)) {
                pool.addSystem("s", "Server").orThrow();
                IncomingPoint point =
                        pool.begin(PoolDriver.request(pool, key, Map.of("disk0", disk), Map.of()))
                                .orThrow();
                for (int i = 6; i < 12; i += 2) {
                    point.putBlock("disk0", i, disk.manifest().hash(i), disk.block(i)).orThrow();
                }
                // no close: the process is gone
            }
            try (ImagePool pool = PoolDriver.open(at)) {
                IncomingPoint point =
                        pool.begin(PoolDriver.request(pool, key, Map.of("disk0", disk), Map.of()))
                                .orThrow();
                assertTrue(point.resumed());
                assertEquals(disk.manifest().hash(6), point.stagedHash("disk0", 6).orElseThrow());
                Map<String, BlockHash> roots =
                        PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of());
                long resent = point.receivedBytes();
                point.commit(roots, Progress.NONE).orThrow();
                assertEquals(round == 0 ? 12 * Blocks.SIZE + 512 : 0, resent);
                assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            }
            for (int i = 6; i < 12; i += 2) {
                disk.fill(i, 100 + i);
            }
        }
    }

    @Test
    void usesContentOfAnotherSnapshotAfterABreak() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(1, 501);
            disk.fill(3, 503);
            IncomingPoint broken =
                    pool.begin(PoolDriver.request(pool, "b", Map.of("disk0", disk), Map.of()))
                            .orThrow();
            PoolDriver.send(pool, broken, Map.of("disk0", disk), Map.of());
            broken.close();
            disk.fill(3, 504);
            IncomingPoint next =
                    pool.begin(PoolDriver.request(pool, "c", Map.of("disk0", disk), Map.of()))
                            .orThrow();
            assertTrue(next.resumed());
            assertEquals(0, next.stagedBlocks("disk0"));
            assertTrue(next.putKnown("disk0", 1, disk.manifest().hash(1)).orThrow());
            assertFalse(next.putKnown("disk0", 3, disk.manifest().hash(3)).orThrow());
            next.putBlock("disk0", 3, disk.manifest().hash(3), disk.block(3)).orThrow();
            next.commit(Map.of("disk0", disk.manifest().root()), Progress.NONE).orThrow();
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void copiesBlocksItAlreadyHas() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(35, 2);
            disk.fill(2, 777);
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "b", Map.of("disk0", disk), Map.of()))
                            .orThrow();
            assertTrue(point.putKnown("disk0", 35, disk.manifest().hash(35)).orThrow());
            point.putBlock("disk0", 2, disk.manifest().hash(2), disk.block(2)).orThrow();
            point.commit(Map.of("disk0", disk.manifest().root()), Progress.NONE).orThrow();
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void growsAndShrinksADisk() throws IOException {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            TestDisk before = disk.copy();
            disk.resize(60 * Blocks.SIZE + 1024);
            disk.fill(59, 59);
            PoolDriver.replicate(pool, "b", Map.of("disk0", disk), Map.of());
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            disk.resize(10 * Blocks.SIZE - 512);
            PoolDriver.replicate(pool, "c", Map.of("disk0", disk), Map.of());
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            pool.export("s", 1, directory.resolve("out"), Progress.NONE).orThrow();
            assertArrayEquals(
                    before.content, Files.readAllBytes(directory.resolve("out/disk0.img")));
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void refusesLies() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "a", Map.of("disk0", disk), Map.of()))
                            .orThrow();
            BlockHash hash = disk.manifest().hash(0);
            assertEquals(
                    "pool.content-wrong", code(point.putBlock("disk0", 0, hash, disk.block(2))));
            assertEquals(
                    "pool.content-wrong",
                    code(point.putBlock("disk0", 0, hash, ByteBuffer.allocate(5))));
            assertEquals(
                    "pool.content-wrong",
                    code(point.putBlock("disk0", 0, BlockHash.ZERO, disk.block(0))));
            assertEquals(
                    "pool.block-outside", code(point.putBlock("disk0", 41, hash, disk.block(0))));
            assertEquals(
                    "pool.block-outside", code(point.putBlock("disk0", -1, hash, disk.block(0))));
            assertEquals("pool.block-outside", code(point.putZero("disk0", 40, 2)));
            assertEquals(
                    "pool.volume-unknown", code(point.putBlock("disk1", 0, hash, disk.block(0))));
            assertEquals(
                    "pool.root-differs", code(point.commit(Map.of("disk0", hash), Progress.NONE)));
            assertEquals("pool.root-differs", code(point.commit(Map.of(), Progress.NONE)));
            PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of());
            point.commit(Map.of("disk0", disk.manifest().root()), Progress.NONE).orThrow();
            assertEquals("pool.session-over", code(point.putZero("disk0", 0, 1)));
        }
    }

    @Test
    void refusesWrongRequests() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PointRequest request = PoolDriver.request(pool, "a", Map.of("disk0", disk), Map.of());
            for (String name : List.of("../x", "", "a/b", "A", "x.img", ".", "x".repeat(65))) {
                assertEquals(
                        "pool.request-wrong",
                        code(
                                pool.begin(
                                        PoolDriver.request(
                                                pool, "a", Map.of(name, disk), Map.of()))),
                        name);
                assertTrue(
                        pool.addSystem(name.equals("x.img") ? "../y" : name, "n")
                                .problem()
                                .isPresent(),
                        name);
            }
            assertEquals("pool.system-unknown", code(pool.points("nobody")));
            PointRequest stale =
                    new PointRequest(
                            "s",
                            "a",
                            1,
                            PoolDriver.TAKEN,
                            java.util.Optional.of("other"),
                            request.volumes(),
                            Map.of());
            assertEquals("pool.basis-differs", code(pool.begin(stale)));
        }
    }

    @Test
    void locksOutAnOlderEpochAlsoInTheMiddleOfASession() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PointRequest request = PoolDriver.request(pool, "a", Map.of("disk0", disk), Map.of());
            IncomingPoint point = pool.begin(request).orThrow();
            PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of());
            assertEquals(2, pool.raiseEpoch("s").orThrow());
            Map<String, BlockHash> roots = Map.of("disk0", disk.manifest().root());
            assertEquals("pool.epoch-old", code(point.commit(roots, Progress.NONE)));
            assertEquals("pool.epoch-old", code(pool.begin(request)));
        }
        try (ImagePool pool = PoolDriver.open(directory.resolve("pool"))) {
            assertEquals(2, pool.system("s").orElseThrow().epoch());
        }
    }

    @Test
    void doesNotChangeAHeldPoint() throws IOException {
        TestDisk disk = TestDisk.some();
        Path at = directory.resolve("pool");
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            pool.hold("s", "emergency", "emergency operation").orThrow();
        }
        TestDisk changed = disk.copy();
        changed.fill(0, 5);
        try (ImagePool pool = PoolDriver.open(at)) {
            assertEquals("emergency", pool.system("s").orElseThrow().holds().getFirst().holder());
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "b", Map.of("disk0", changed), Map.of()))
                            .orThrow();
            Map<String, BlockHash> roots =
                    PoolDriver.send(pool, point, Map.of("disk0", changed), Map.of());
            assertEquals("pool.held", code(point.commit(roots, Progress.NONE)));
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            pool.release("s", "emergency").orThrow();
            point.commit(roots, Progress.NONE).orThrow();
            assertArrayEquals(
                    changed.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
        }
    }

    @Test
    void aLaterSessionTakesOver() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PointRequest request = PoolDriver.request(pool, "a", Map.of("disk0", disk), Map.of());
            IncomingPoint first = pool.begin(request).orThrow();
            IncomingPoint second = pool.begin(request).orThrow();
            assertEquals("pool.session-over", code(first.putZero("disk0", 0, 1)));
            first.close();
            second.putZero("disk0", 0, 1).orThrow();
            second.discard();
            assertFalse(Files.exists(directory.resolve("pool/systems/s/incoming")));
        }
    }

    @Test
    void keepsOnlyTheLastPoints() {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            for (int i = 0; i < 5; i++) {
                disk.fill(i, i + 300);
                PoolDriver.replicate(pool, "k" + i, Map.of("disk0", disk), Map.of());
            }
            assertEquals(3, pool.keepLast("s", 2).orThrow());
            assertEquals(
                    List.of(5L, 4L),
                    pool.points("s").orThrow().stream().map(RecoveryPoint::number).toList());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            assertEquals(
                    "pool.point-unknown",
                    code(pool.export("s", 3, directory.resolve("o"), Progress.NONE)));
        }
    }

    @Test
    void refusesBeforeTheDiskIsFull() {
        TestDisk disk = TestDisk.some();
        Path at = directory.resolve("pool");
        PoolOpener opener = PoolDriver.opener(new LocalPoolFiles());
        try (ImagePool pool = opener.open(at, new PoolSettings(Long.MAX_VALUE)).orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            assertEquals(
                    "pool.disk-full",
                    code(
                            pool.begin(
                                    PoolDriver.request(
                                            pool, "a", Map.of("disk0", disk), Map.of()))));
        }
    }

    @Test
    void isOpenedByOneAtATimeAndOnlyWhatItKnows() throws IOException {
        Path at = directory.resolve("pool");
        PoolOpener opener = PoolDriver.opener(new LocalPoolFiles());
        try (ImagePool pool = PoolDriver.open(at)) {
            assertTrue(pool.systems().isEmpty());
            assertEquals("pool.in-use", code(opener.open(at, PoolDriver.SETTINGS)));
        }
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("letter.txt"), "mine");
        assertEquals("pool.not-a-pool", code(opener.open(other, PoolDriver.SETTINGS)));
        assertEquals(1, Files.list(other).count());
    }

    @Test
    void verifiesAndExportsWhileCommitsGoOn() throws InterruptedException {
        TestDisk disk = TestDisk.some();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            Set<String> answers = ConcurrentHashMap.newKeySet();
            Thread reader =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 15; i++) {
                                            answers.add(
                                                    pool.verify("s", Progress.NONE)
                                                            .problem()
                                                            .map(why -> why.code())
                                                            .orElse("intact"));
                                            answers.add(
                                                    pool.export(
                                                                    "s",
                                                                    1,
                                                                    directory.resolve("out" + i),
                                                                    Progress.NONE)
                                                            .problem()
                                                            .map(why -> why.code())
                                                            .orElse("intact"));
                                        }
                                    });
            for (int i = 0; i < 15; i++) {
                disk.fill(i, 50 + i);
                PoolDriver.replicate(pool, "k" + i, Map.of("disk0", disk), Map.of());
            }
            assertTrue(reader.join(Duration.ofSeconds(30)));
            assertTrue(
                    Set.of("intact", "pool.verify-overtaken").containsAll(answers),
                    answers::toString);
        }
    }
}
