package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Random lives of a disk and a tree, with odd seeds on a machine that dies at every point once:
 * every point is verified natively, and every older point is exported and compared. The system
 * property {@code standfest.histories} says how many seeds.
 */
final class RandomHistoryTest {

    private static final int POINTS = 7;

    @TempDir Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("standfest.histories", 6));
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : "/").append((char) ('a' + random.nextInt(4)));
        }
        return path.toString();
    }

    /** One random change; half of them make no tree and are taken back. */
    private static TestTree change(TestTree tree, Random random) {
        TestTree changed = tree.copy();
        try {
            act(changed, path(random), random);
            changed.manifest();
            return changed;
        } catch (IllegalArgumentException noTree) {
            return tree;
        }
    }

    private static void act(TestTree changed, String path, Random random) {
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                changed.remove(path);
                changed.file(
                        path, random.nextInt(4) * 50_000 + random.nextInt(3), random.nextInt(12));
            }
            case 2, 3 -> changed.directory(path);
            case 4 -> {
                changed.remove(path);
                changed.symlink(path, "x" + random.nextInt(9));
            }
            case 5 -> {
                changed.remove(path);
                changed.fifo(path);
            }
            case 6 -> {
                changed.remove(path);
                changed.hardLink(path, path(random));
            }
            case 7 -> changed.remove(path);
            default -> changeMore(changed, path, random);
        }
    }

    private static void changeMore(TestTree tree, String path, Random random) {
        String other = path(random);
        if (random.nextBoolean()) {
            if (!other.startsWith(path) && !path.startsWith(other)) {
                tree.remove(other);
                tree.rename(path, other);
            }
        } else if (tree.isPlain(path)) {
            tree.attributes(
                    path,
                    0400 | random.nextInt(512),
                    List.of(
                            new ExtendedAttribute(
                                    RawBytes.of("user.n"), RawBytes.of("" + random.nextInt()))));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPointComesBack(long seed) throws IOException {
        Random random = new Random(seed);
        List<TestDisk> disks = new ArrayList<>();
        List<TreeManifest> trees = new ArrayList<>();
        TestTree tree = new TestTree();
        TestDisk disk =
                new TestDisk((8 + random.nextInt(8)) * Blocks.SIZE + 512 * random.nextInt(3));
        Path at = directory.resolve("pool");
        for (int i = 0; i < POINTS; i++) {
            for (int n = random.nextInt(25); n >= 0; n--) {
                tree = change(tree, random);
            }
            disk = disk.copy();
            if (random.nextInt(4) == 0) {
                disk.resize((1 + random.nextInt(20)) * Blocks.SIZE + 512 * random.nextInt(3));
            }
            int blocks = (int) Blocks.count(disk.content.length);
            for (int n = random.nextInt(6); n > 0; n--) {
                disk.fill(random.nextInt(blocks), random.nextInt(9));
                disk.zero(random.nextInt(blocks));
            }
            String key = "k" + i;
            disks.add(disk);
            trees.add(tree.manifest());
            if (seed % 2 == 1) {
                dieTrying(at, key, disk, tree, 1 + random.nextInt(200));
            }
            try (ImagePool pool = PoolDriver.openWithSystem(at)) {
                boolean arrived =
                        pool.points("s").orThrow().stream()
                                .anyMatch(point -> point.sessionKey().equals(key));
                if (!arrived) {
                    PoolDriver.replicate(pool, key, Map.of("disk0", disk), Map.of("files", tree));
                }
                VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
                assertTrue(report.intact(), () -> "seed " + seed + ": " + report.findings());
            }
        }
        try (ImagePool pool = PoolDriver.open(at)) {
            for (int i = 0; i < POINTS; i++) {
                Path out = directory.resolve("out");
                pool.export("s", i + 1, out, Progress.NONE).orThrow();
                assertArrayEquals(
                        disks.get(i).content, Files.readAllBytes(out.resolve("disk0.img")));
                assertEquals(
                        List.of(),
                        TreeReader.read(out.resolve("files")).changesSince(trees.get(i)));
                new LocalPoolFiles().deleteTree(out);
            }
        }
    }

    /** The same attempt as usual on a machine that dies on the way, perhaps after the commit. */
    private static void dieTrying(Path at, String key, TestDisk disk, TestTree tree, long change)
            throws IOException {
        CrashingFiles dying = new CrashingFiles(change);
        Outcome<ImagePool> opened = PoolDriver.opener(dying).open(at, PoolDriver.SETTINGS);
        if (opened.isDone()) {
            try {
                PoolDriver.addSystem(opened.orThrow());
                PoolDriver.replicate(
                        opened.orThrow(), key, Map.of("disk0", disk), Map.of("files", tree));
            } catch (IllegalStateException died) {
                assertTrue(dying.crashed(), died::toString);
            }
        }
        dying.powerOff();
    }
}
