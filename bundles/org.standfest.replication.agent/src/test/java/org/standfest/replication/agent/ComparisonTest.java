package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.VerifyReport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

@Timeout(120)
class ComparisonTest {

    @TempDir private Path folder;
    private StandbyRig rig;
    private Path image;
    private Path tree;

    @BeforeEach
    void start() throws IOException {
        rig = new StandbyRig(folder, Clock.systemUTC());
        rig.enrol("web");
        image = folder.resolve("disk.img");
        byte[] content = new byte[9 << 20];
        new SplittableRandom(3).nextBytes(content);
        Files.write(image, content);
        tree = Files.createDirectories(folder.resolve("files"));
        Files.createDirectories(tree.resolve("sub/deeper"));
        for (int i = 0; i < 50; i++) {
            Files.writeString(tree.resolve("sub/" + i), "content " + i);
        }
        Files.write(tree.resolve("sub/deeper/large"), new byte[200_000]);
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/1"));
        Files.createLink(tree.resolve("zweiter"), tree.resolve("sub/2"));
        rig.done(
                "web",
                "protect",
                "--system",
                "s",
                "--disk",
                "disk=file:" + image,
                "--tree",
                "files=" + tree,
                "--compare-rate",
                "1 GB/s");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String compare() {
        return rig.done("web", "compare", "--system", "s", "--json");
    }

    @Test
    void pain12ProvesThatSourceAndPoolAreIdentical() {
        String said = compare();
        assertTrue(said.contains("\"comparison\":\"IDENTICAL\""), said);
        assertTrue(said.contains("\"proved_at\":\"20"), said);
        assertTrue(said.contains("\"differing_blocks\":0"), said);
        assertTrue(rig.done("web", "status", "--json").contains("\"proved_at\":\"20"));
    }

    @Test
    void pain12FindsTheBlockThatRottedInThePoolAndTellsTheStandby() throws IOException {
        rig.done("web", "run", "--system", "s");
        rot(rig.pool.newestImage("s", "disk").orThrow(), 5 * 65_536 + 17);
        String said = compare();
        assertTrue(said.contains("\"comparison\":\"DIFFERENT\""), said);
        assertTrue(said.contains("\"differing\":\"disk:5\""), said);
        assertEquals(List.of("s disk"), rig.damaged);
    }

    @Test
    void theNextSessionMendsWhatTheScrubOfTheStandbyCouldNot() throws IOException {
        rig.done("web", "run", "--system", "s");
        rot(rig.pool.newestImage("s", "disk").orThrow(), 5 * 65_536 + 17);
        compare();
        rig.pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
        assertEquals(1, rig.pool.upkeep().wanted("s").orThrow().size());
        rig.done("web", "run", "--system", "s");
        assertEquals(List.of(), rig.pool.upkeep().wanted("s").orThrow());
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("s", "disk").orThrow()));
        assertTrue(compare().contains("\"comparison\":\"IDENTICAL\""));
    }

    @Test
    void theNextSessionBringsContentsOfATreeAgainThatRotted() throws IOException {
        Path two = Files.write(tree.resolve("sub/deeper/two"), bytes(3 * 65_536 + 9));
        rig.done("web", "run", "--system", "s");
        Path pooled = rig.pool.newestImage("s", "files").orThrow();
        rot(pooled.resolve("sub/7"), 3);
        rot(pooled.resolve("sub/deeper/two"), 65_536 + 5);
        Files.delete(pooled.resolve("sub/9"));
        rig.pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
        assertEquals(3, rig.pool.upkeep().wanted("s").orThrow().size());
        // one moved meanwhile: its content is still there
        Files.move(two, tree.resolve("moved"));
        rig.done("web", "run", "--system", "s");
        assertEquals(List.of(), rig.pool.upkeep().wanted("s").orThrow());
        assertTrue(compare().contains("\"comparison\":\"IDENTICAL\""));
        VerifyReport verified = rig.pool.verify("s", Progress.NONE).orThrow();
        assertTrue(verified.intact(), () -> verified.findings().toString());
    }

    @Test
    void aWholeFolderThatVanishedFromTheStandbysTreeComesAgain() throws IOException {
        Files.write(tree.resolve("sub/deeper/two"), bytes(3 * 65_536 + 9));
        rig.done("web", "run", "--system", "s");
        Path pooled = rig.pool.newestImage("s", "files").orThrow();
        Files.delete(pooled.resolve("sub/deeper/two"));
        Files.delete(pooled.resolve("sub/deeper/large"));
        Files.delete(pooled.resolve("sub/deeper"));
        rig.pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
        rig.done("web", "run", "--system", "s");
        assertTrue(rig.pool.verify("s", Progress.NONE).orThrow().intact());
    }

    @Test
    void whatTheSourceHasNoMoreHoldsNoSessionUpAndIsNotWantedForEver() throws IOException {
        rig.done("web", "run", "--system", "s");
        rot(rig.pool.newestImage("s", "files").orThrow().resolve("sub/7"), 3);
        rig.pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
        Files.writeString(tree.resolve("sub/7"), "something else");
        rig.done("web", "run", "--system", "s");
        assertEquals(List.of(), rig.pool.upkeep().wanted("s").orThrow());
        ScrubReport next =
                rig.pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE).orThrow();
        assertEquals(1, next.lostBlocks(), "the older point has lost it, and says so");
        assertEquals(0, next.wantedBlocks());
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }

    @Test
    void findsContentAndAttributesThatChangedInTheStandbysTree() throws IOException {
        rig.done("web", "run", "--system", "s");
        Path native0 = rig.pool.newestImage("s", "files").orThrow();
        rot(native0.resolve("sub/7"), 3);
        Files.delete(native0.resolve("sub/9"));
        String said = compare();
        assertTrue(said.contains("files:/sub/7"), said);
        assertTrue(said.contains("files:/sub/9"), said);
    }

    @Test
    void aRoundThatIsBrokenOffGoesOnWhereItStood() throws Exception {
        rig.done(
                "web",
                "protect",
                "--system",
                "s",
                "--schedule",
                "continuous after 1 s",
                "--compare-rate",
                "2 MB/s",
                "--compare-every",
                "1 d");
        rig.resident("web");
        Path state = rig.home("web").comparison("s");
        rig.await(() -> ComparisonState.read(state).comparedBytes() > 0);
        rig.stopResidents();
        ComparisonState stopped = ComparisonState.read(state);
        assertTrue(stopped.begunAt().isPresent());
        Files.writeString(tree.resolve("a new one"), "moves the numbers of all entries");
        rig.done("web", "protect", "--system", "s", "--compare-rate", "1 GB/s");
        rig.resident("web");
        rig.await(() -> ComparisonState.read(state).provedAt().isPresent());
        ComparisonState proved = ComparisonState.read(state);
        assertEquals("IDENTICAL", proved.last());
        long all = (9 << 20) + 200_000;
        assertTrue(proved.comparedBytes() < all + all / 5, () -> "twice: " + proved);
    }

    @Test
    void refusesStrangersAndPointsThatAreNotTheNewest() throws IOException {
        rig.done("web", "run", "--system", "s");
        rig.enrol("db");
        assertTrue(rig.authority.claim("db", "s").problem().isPresent(), "db has no right to s");
        assertEquals(1, rig.agent("web", "compare", "--system", "unknown"));
    }

    private static void rot(Path file, long position) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            int old = bytes.read();
            bytes.seek(position);
            bytes.write(old ^ 1);
        }
    }
}
