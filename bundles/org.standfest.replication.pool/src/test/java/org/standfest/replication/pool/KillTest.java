package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.results.Outcome;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kills a committing process with signal 9 at random moments; as often as the system property
 * {@code standfest.kills} says.
 */
final class KillTest {

    private static final int KILLS = Integer.getInteger("standfest.kills", 3);

    @TempDir Path directory;

    private static String classPath() {
        return Stream.of(
                        KillChild.class,
                        ImagePool.class,
                        VolumeKind.class,
                        BlockHash.class,
                        Outcome.class)
                .map(KillTest::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void everyAcknowledgedPointIsThereAfterAKill() throws IOException, InterruptedException {
        Path at = directory.resolve("pool");
        Random random = new Random();
        List<Long> reached = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // the first one lives until it has committed, however slow the machine is
            long acknowledged = runAndKill(at, kill == 0, random.nextInt(400));
            try (ImagePool pool = PoolDriver.open(at)) {
                List<RecoveryPoint> points = pool.points("s").orThrow();
                long newest = points.isEmpty() ? 0 : points.getFirst().number();
                assertTrue(
                        newest == acknowledged || newest == acknowledged + 1,
                        newest + " of " + acknowledged);
                check(pool, newest);
                reached.add(newest);
                pool.keepLast("s", 3).orThrow();
            }
        }
        assertTrue(reached.getLast() > 0, "nothing was ever committed");
    }

    private long runAndKill(Path at, boolean afterCommit, int millis)
            throws IOException, InterruptedException {
        long before = 0;
        if (Files.exists(at)) {
            try (ImagePool pool = PoolDriver.open(at)) {
                before =
                        pool.points("s").orThrow().stream()
                                .findFirst()
                                .map(RecoveryPoint::number)
                                .orElse(0L);
            }
        }
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                KillChild.class.getName(),
                                at.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader output = child.inputReader()) {
            assertEquals("ready", output.readLine());
            if (afterCommit) {
                assertEquals("<1>", output.readLine());
                before = 1;
            }
            child.waitFor(millis, TimeUnit.MILLISECONDS);
            // through the handle: the process itself would close the stream with what the child
            // said
            child.toHandle().destroyForcibly();
            return output.lines()
                    .filter(line -> line.matches("<\\d+>"))
                    .mapToLong(line -> Long.parseLong(line.substring(1, line.length() - 1)))
                    .max()
                    .orElse(before);
        }
    }

    private static void check(ImagePool pool, long number) throws IOException {
        if (number > 0) {
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertTrue(report.intact(), report.findings()::toString);
            assertArrayEquals(
                    KillChild.disk(number).content,
                    Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            assertEquals(
                    KillChild.tree(number).manifest(), pool.treeManifest("s", "files").orThrow());
        }
    }
}
