package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What a pool promises about older points, however it keeps them. */
final class PoolConformanceTest {

    private static final int SEEDS = Integer.getInteger("standfest.histories", 1);

    @TempDir Path directory;

    /** A pool with a history: what every point has to show. */
    private static final class History {

        final Map<Long, byte[]> disks = new java.util.TreeMap<>();
        final Map<Long, TestTree> trees = new java.util.TreeMap<>();
        TestDisk disk = new TestDisk(20 * Blocks.SIZE + 512);
        final Random random;

        History(long seed) {
            random = new Random(seed);
        }

        void add(ImagePool pool) {
            List<TestTree> all = TreePoolTest.history();
            disk = disk.copy();
            if (random.nextInt(4) == 0) {
                disk.resize((4 + random.nextInt(24)) * Blocks.SIZE + 512 * random.nextInt(3));
            }
            int blocks = (int) Blocks.count(disk.content.length);
            for (int n = random.nextInt(5); n >= 0; n--) {
                disk.fill(random.nextInt(blocks), random.nextInt(7));
                disk.zero(random.nextInt(blocks));
            }
            TestTree tree = all.get(random.nextInt(all.size()));
            RecoveryPoint point =
                    PoolDriver.replicate(
                            pool, "k" + disks.size(), Map.of("disk0", disk), Map.of("files", tree));
            disks.put(point.number(), disk.content);
            trees.put(point.number(), tree);
        }

        void forget(long number) {
            disks.remove(number);
            trees.remove(number);
        }
    }

    private static void check(ImagePool pool, History history, Path out) throws IOException {
        VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
        assertTrue(report.intact(), report.findings()::toString);
        List<Long> numbers =
                pool.points("s").orThrow().stream().map(RecoveryPoint::number).sorted().toList();
        assertEquals(List.copyOf(history.disks.keySet()), numbers);
        for (long number : numbers) {
            pool.export("s", number, out, Progress.NONE).orThrow();
            byte[] disk = history.disks.get(number);
            assertArrayEquals(disk, Files.readAllBytes(out.resolve("disk0.img")));
            assertEquals(
                    List.of(),
                    TreeReader.read(out.resolve("files"))
                            .changesSince(history.trees.get(number).manifest()));
            ByteBuffer piece = ByteBuffer.allocate(100_000);
            int from = disk.length / 3;
            int got = pool.access().read("s", number, "disk0", from, piece).orThrow();
            assertEquals(Math.min(100_000, disk.length - from), got);
            assertArrayEquals(
                    Arrays.copyOfRange(disk, from, from + got), Arrays.copyOf(piece.array(), got));
            new LocalPoolFiles().deleteTree(out);
        }
    }

    private static ImagePool open(PoolKind.Place place) {
        ImagePool pool =
                PoolDriver.opener(place.files())
                        .open(place.directory().resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow();
        PoolDriver.addSystem(pool);
        return pool;
    }

    @ParameterizedTest
    @EnumSource(PoolKind.class)
    void anyPointCanGoAndTheOthersStay(PoolKind kind) throws IOException {
        try (PoolKind.Place place = new PoolKind.Place(kind, directory)) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                History history = new History(seed);
                Path out = place.directory().resolve("out");
                try (ImagePool pool = open(place)) {
                    for (int i = 0; i < 7; i++) {
                        history.add(pool);
                    }
                    check(pool, history, out);
                    for (int i = 0; i < 4; i++) {
                        List<Long> numbers = new ArrayList<>(history.disks.keySet());
                        numbers.removeLast();
                        long gone = numbers.get(history.random.nextInt(numbers.size()));
                        pool.retention().remove("s", gone, Progress.NONE).orThrow();
                        history.forget(gone);
                        check(pool, history, out);
                        if (i == 2) {
                            history.add(pool);
                            check(pool, history, out);
                        }
                    }
                    IndependentReaderTest.check(place.directory().resolve("pool"));
                }
                new LocalPoolFiles().deleteTree(place.directory().resolve("pool"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PoolKind.class)
    void prunesToASetInOneGo(PoolKind kind) throws IOException {
        try (PoolKind.Place place = new PoolKind.Place(kind, directory)) {
            History history = new History(9);
            try (ImagePool pool = open(place)) {
                for (int i = 0; i < 9; i++) {
                    history.add(pool);
                }
                Set<Long> keep = new TreeSet<>(Set.of(2L, 5L, 6L));
                PruneReport report = pool.retention().prune("s", keep, Progress.NONE).orThrow();
                assertEquals(List.of(1L, 3L, 4L, 7L, 8L), report.removed());
                assertTrue(report.protectedPoints().isEmpty());
                report.removed().forEach(history::forget);
                check(pool, history, place.directory().resolve("out"));
            }
            try (ImagePool pool = open(place)) {
                check(pool, history, place.directory().resolve("out"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PoolKind.class)
    void saysWhatEachPointOccupies(PoolKind kind) throws IOException {
        try (PoolKind.Place place = new PoolKind.Place(kind, directory);
                ImagePool pool = open(place)) {
            TestDisk disk = new TestDisk(64 * Blocks.SIZE);
            for (int i = 0; i < 64; i++) {
                disk.fill(i, i);
            }
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            for (int i = 0; i < 8; i++) {
                disk.fill(i, 100 + i);
            }
            PoolDriver.replicate(pool, "b", Map.of("disk0", disk), Map.of());
            List<PointStatus> points = pool.retention().points("s").orThrow();
            assertEquals(PointStatus.Form.NATIVE, points.getFirst().form());
            assertEquals(place.olderForm(), points.getLast().form());
            long own = points.getLast().exclusiveBytes();
            assertTrue(own >= 8 * Blocks.SIZE && own < 9 * Blocks.SIZE, "own " + own);
            if (kind != PoolKind.DELTAS) {
                assertEquals(56L * Blocks.SIZE, points.getLast().sharedBytes());
            }
            PoolSpace space = pool.space().orThrow();
            long used = space.usedBytes();
            assertTrue(used > 71L * Blocks.SIZE && used < 80L * Blocks.SIZE, "used " + used);
        }
    }

    /** The oldest and the newest point have the same content, and each its own storage for it. */
    @ParameterizedTest
    @EnumSource(PoolKind.class)
    void whatIsEqualMayStillRotApart(PoolKind kind) throws IOException {
        try (PoolKind.Place place = new PoolKind.Place(kind, directory);
                ImagePool pool = open(place)) {
            TestDisk disk = new TestDisk(64 * Blocks.SIZE);
            for (int i = 0; i < 64; i++) {
                disk.fill(i, i + 10);
            }
            for (int fill : new int[] {1, 2, 1}) {
                disk.fill(5, fill);
                PoolDriver.replicate(pool, "k" + fill, Map.of("disk0", disk), Map.of());
            }
            pool.retention().remove("s", 2, Progress.NONE).orThrow();
            // everything once, and what the older one has by itself; all where nothing is shared
            int blocks = kind == PoolKind.CLONES_PLAYED ? 128 : 65;
            assertEquals((long) blocks * Blocks.SIZE, scrub(pool).checkedBytes());
            boolean clone = kind != PoolKind.DELTAS;
            Path older = place.directory().resolve("pool/systems/s/older/00000001");
            try (var file =
                    new java.io.RandomAccessFile(
                            older.resolve(clone ? "disk0.img" : "disk0.disk").toFile(), "rw")) {
                // in a clone the block lies where it lies on the disk, in a delta at the end
                file.seek(clone ? 5 * Blocks.SIZE + 100 : file.length() - 100);
                file.write(99);
            }
            assertFalse(pool.verify("s", Progress.NONE).orThrow().intact());
            ScrubReport report = scrub(pool);
            assertEquals(1, report.repairedBlocks(), report::toString);
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    private static ScrubReport scrub(ImagePool pool) {
        return pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
    }

    /** Hostile or rotten files: typed answers, never anything else, and nothing outside touched. */
    @ParameterizedTest
    @EnumSource(
            value = PoolKind.class,
            names = {"DELTAS", "CLONES_PLAYED"})
    void everyFileMayBeHostile(PoolKind kind) throws IOException {
        try (PoolKind.Place place = new PoolKind.Place(kind, directory)) {
            Path at = place.directory().resolve("pool");
            History history = new History(3);
            try (ImagePool pool = open(place)) {
                for (int i = 0; i < 3; i++) {
                    history.add(pool);
                }
                pool.retention().pin("s", 1, "me", "x").orThrow();
                pool.setRules("s", new SystemRules("c", 0, java.time.Duration.ofDays(1))).orThrow();
            }
            Path secret = Files.writeString(directory.resolve("secret"), "outside");
            List<Path> all;
            try (var walk = Files.walk(at)) {
                all =
                        walk.filter(Files::isRegularFile)
                                .filter(file -> !file.toString().contains("/current/files"))
                                .filter(file -> !file.toString().contains("/files/"))
                                .toList();
            }
            for (Path file : all) {
                byte[] bytes = Files.readAllBytes(file);
                int ways = SEEDS > 1 ? 4 : 1;
                for (int n = 0; n < ways; n++) {
                    int way = (n + all.indexOf(file)) % 4;
                    damage(file, bytes, way, history.random, secret);
                    use(place);
                    Files.delete(file);
                    Files.write(file, bytes);
                }
            }
            assertEquals("outside", Files.readString(secret));
        }
    }

    private static void damage(Path file, byte[] bytes, int way, Random random, Path secret)
            throws IOException {
        byte[] damaged = bytes.clone();
        if (way == 0 && bytes.length > 32) {
            // the numbers in a header: sizes and counts as large as they can be
            Arrays.fill(damaged, 8, 24, (byte) 0x7f);
        } else if (bytes.length > 0) {
            damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.delete(file);
        switch (way) {
            case 2 -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            case 3 -> Files.createSymbolicLink(file, secret);
            default -> Files.write(file, damaged);
        }
    }

    /** Whatever the pool is asked, it answers with an outcome. */
    private static void use(PoolKind.Place place) throws IOException {
        var opened =
                PoolDriver.opener(place.files())
                        .open(place.directory().resolve("pool"), PoolDriver.SETTINGS);
        if (!opened.isDone()) {
            return;
        }
        try (ImagePool pool = opened.orThrow()) {
            Path out = place.directory().resolve("out");
            pool.points("s");
            pool.verify("s", Progress.NONE);
            pool.export("s", 1, out, Progress.NONE);
            new LocalPoolFiles().deleteTree(out);
            pool.retention().points("s");
            pool.space();
            pool.access().partitions("s", 1, "disk0");
            pool.upkeep().wanted("s");
            pool.upkeep().repair("s", false, Progress.NONE);
            pool.retention().prune("s", Set.of(1L, 2L, 3L), Progress.NONE);
        }
    }
}
