package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Any life of a disk in a pool: what is kept is always what was committed. */
final class PoolLifeTest {

    /** One thing that happens. */
    sealed interface Act {
        record Commit(int block, int seed, int size) implements Act {}

        record Remove(int which) implements Act {}

        record Reopen() implements Act {}

        record Scrub() implements Act {}
    }

    @Provide
    Arbitrary<List<Act>> life() {
        Arbitrary<Act> commit =
                Combinators.combine(
                                Arbitraries.integers().between(0, 5),
                                Arbitraries.integers().between(0, 4),
                                Arbitraries.integers().between(1, 6))
                        .as(Act.Commit::new);
        Arbitrary<Act> remove = Arbitraries.integers().between(0, 9).map(Act.Remove::new);
        Arbitrary<Act> other = Arbitraries.of(new Act.Reopen(), new Act.Scrub());
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, commit),
                        net.jqwik.api.Tuple.of(4, remove),
                        net.jqwik.api.Tuple.of(1, other))
                .list()
                .ofMinSize(3)
                .ofMaxSize(14);
    }

    @Property(tries = 25)
    void everyPointThatIsKeptIsWhatWasCommitted(
            @ForAll("life") List<Act> life, @ForAll boolean clones) throws IOException {
        Path directory = Files.createTempDirectory("pool-life");
        Map<Long, byte[]> expected = new TreeMap<>();
        TestDisk disk = new TestDisk(3 * Blocks.SIZE);
        ImagePool pool = open(directory, clones);
        try {
            for (Act act : life) {
                switch (act) {
                    case Act.Commit(int block, int seed, int size) -> {
                        disk = disk.copy();
                        disk.resize(size * Blocks.SIZE - 512 * (seed % 2));
                        disk.fill(block % size, seed);
                        RecoveryPoint point =
                                PoolDriver.replicate(pool, "k", Map.of("d", disk), Map.of());
                        expected.put(point.number(), disk.content.clone());
                    }
                    case Act.Remove(int which) -> {
                        List<Long> numbers = new ArrayList<>(expected.keySet());
                        if (numbers.size() > 1) {
                            long number = numbers.get(which % (numbers.size() - 1));
                            pool.retention().remove("s", number, Progress.NONE).orThrow();
                            expected.remove(number);
                        }
                    }
                    case Act.Reopen() -> {
                        pool.close();
                        pool = open(directory, clones);
                    }
                    case Act.Scrub() -> {
                        if (!expected.isEmpty()) {
                            ScrubReport report =
                                    pool.upkeep()
                                            .scrub("s", ScrubPace.UNLIMITED, Progress.NONE)
                                            .orThrow();
                            assertTrue(report.findings().isEmpty(), report::toString);
                            assertTrue(
                                    pool.upkeep()
                                            .repair("s", true, Progress.NONE)
                                            .orThrow()
                                            .clean());
                        }
                    }
                }
            }
            check(pool, expected);
        } finally {
            pool.close();
            new LocalPoolFiles().deleteTree(directory);
        }
    }

    private static ImagePool open(Path directory, boolean clones) {
        CrashingFiles files = new CrashingFiles(Long.MAX_VALUE);
        ImagePool pool =
                PoolDriver.opener(clones ? files.sharing() : files)
                        .open(directory.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow();
        PoolDriver.addSystem(pool);
        return pool;
    }

    private static void check(ImagePool pool, Map<Long, byte[]> expected) {
        assertEquals(expected.size(), pool.points("s").orThrow().size());
        for (Map.Entry<Long, byte[]> point : expected.entrySet()) {
            ByteBuffer content = ByteBuffer.allocate(point.getValue().length + 1);
            assertEquals(
                    point.getValue().length,
                    pool.access().read("s", point.getKey(), "d", 0, content).orThrow());
            byte[] read = new byte[point.getValue().length];
            content.flip().get(read);
            assertArrayEquals(point.getValue(), read);
        }
        if (!expected.isEmpty()) {
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertTrue(report.intact(), report.findings()::toString);
        }
    }
}
