package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A disk that loses what it was given. As Linux tells of it: each watch hears of what was lost
 * while it was open, once; a new one only of what nobody has heard yet.
 */
class LostWritesTest {

    @TempDir Path folder;
    private final Losing files = new Losing();
    private final TestDisk disk = new TestDisk(8 * Blocks.SIZE);

    private static final class Losing implements ForwardingPoolFiles {

        private final PoolFiles real = new LocalPoolFiles();
        private int lost;
        private int heard;
        private String forgetful = "none";
        private String stubborn = "none";
        private final List<String> open = new ArrayList<>();

        @Override
        public PoolFiles real() {
            return real;
        }

        @Override
        public boolean syncsAtOnce() {
            return true;
        }

        @Override
        public void syncAll(Path directory) throws IOException {
            try (SyncWatch now = watch(directory)) {
                now.syncAll(directory);
            }
        }

        @Override
        public SyncWatch watch(Path directory) {
            return new SyncWatch() {
                private int known = heard;

                @Override
                public void syncAll(Path below) throws IOException {
                    boolean news = known < lost;
                    known = lost;
                    heard = lost;
                    if (news) {
                        throw new IOException("Input/output error");
                    }
                }

                @Override
                public void close() {
                    // as a descriptor
                }
            };
        }

        /** What belongs to one system is lost, and the commit of another one hears of it first. */
        void loseAndTellAnother(Path directory) {
            lost++;
            try {
                syncAll(directory);
                throw new IllegalStateException("nobody was told");
            } catch (IOException told) {
                assertEquals(lost, heard);
            }
        }

        @Override
        public PoolFile open(Path file, Mode mode) throws IOException {
            PoolFile opened = real.open(file, mode);
            String name = file.getFileName().toString();
            return mode == Mode.READ ? opened : new Written(opened, name);
        }

        /** Fails once to make durable what it got, if its name ends as said. */
        private final class Written implements ForwardingPoolFile {
            private final PoolFile file;
            private final String name;

            Written(PoolFile file, String name) {
                this.file = file;
                this.name = name;
                open.add(name);
            }

            @Override
            public PoolFile real() {
                return file;
            }

            @Override
            public void force() throws IOException {
                if (name.endsWith(forgetful)) {
                    forgetful = "none";
                    throw new IOException("Input/output error");
                }
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
                open.remove(name);
                if (name.endsWith(stubborn)) {
                    stubborn = "none";
                    throw new IOException("not closed");
                }
            }
        }
    }

    @BeforeEach
    void fill() {
        for (int i = 0; i < 8; i++) {
            disk.fill(i, i);
        }
    }

    private ImagePool open() {
        ImagePool pool =
                PoolDriver.opener(files)
                        .open(folder.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow();
        PoolDriver.addSystem(pool);
        return pool;
    }

    private IncomingPoint begin(ImagePool pool, String key) {
        return pool.begin(PoolDriver.request(pool, key, Map.of("disk0", disk), Map.of())).orThrow();
    }

    private Map<String, BlockHash> send(ImagePool pool, IncomingPoint point) {
        return PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of());
    }

    private static void assertFailed(Outcome<?> outcome) {
        assertInstanceOf(Outcome.Failed.class, outcome);
    }

    /** The next attempt with the same key takes over nothing, and what it sends is committed. */
    private void assertBegunAnew(ImagePool pool, String key, long number) throws IOException {
        IncomingPoint again = begin(pool, key);
        assertFalse(again.resumed());
        assertEquals(0, again.stagedBlocks("disk0"));
        again.commit(send(pool, again), Progress.NONE).orThrow();
        assertEquals(number, pool.points("s").orThrow().getFirst().number());
        assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        Path image = pool.newestImage("s", "disk0").orThrow();
        assertEquals(List.of(), differing(Files.readAllBytes(image)));
    }

    private List<Integer> differing(byte[] image) {
        int at = Arrays.mismatch(image, disk.content);
        return at < 0 ? List.of() : List.of(at);
    }

    @Test
    void anIncrementHearsWhatAnotherCommitWasToldBefore() throws IOException {
        try (ImagePool pool = open()) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(3, 33);
            IncomingPoint point = begin(pool, "b");
            Map<String, BlockHash> roots = send(pool, point);
            files.loseAndTellAnother(folder);
            assertFailed(point.commit(roots, Progress.NONE));
            assertEquals(1, pool.points("s").orThrow().size());
            assertBegunAnew(pool, "b", 2);
        }
    }

    @Test
    void aSessionThatLostSomethingIsOverAndIsNotCommittedByAskingAgain() throws IOException {
        try (ImagePool pool = open()) {
            IncomingPoint point = begin(pool, "a");
            Map<String, BlockHash> roots = send(pool, point);
            files.lost++;
            assertFailed(point.commit(roots, Progress.NONE));
            assertFalse(point.commit(roots, Progress.NONE).isDone());
            assertTrue(pool.points("s").orThrow().isEmpty());
            point.close();
            assertBegunAnew(pool, "a", 1);
        }
    }

    @Test
    void anImageOfAFirstCopyThatWasLostIsNotTrustedEither() throws IOException {
        try (ImagePool pool = open()) {
            IncomingPoint point = begin(pool, "a");
            Map<String, BlockHash> roots = send(pool, point);
            files.forgetful = ".img";
            assertFailed(point.commit(roots, Progress.NONE));
            point.close();
            assertBegunAnew(pool, "a", 1);
        }
    }

    @Test
    void aSessionThatGoesOnAsksTheFileForWhatTheEarlierOneWrote() throws IOException {
        try (ImagePool pool = open()) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(3, 33);
            try (IncomingPoint broken = begin(pool, "b")) {
                send(pool, broken);
            }
            files.loseAndTellAnother(folder); // while nobody watches for this session
            files.forgetful = "blocks";
            IncomingPoint point = begin(pool, "b");
            assertTrue(point.resumed());
            assertFailed(point.commit(send(pool, point), Progress.NONE));
            assertEquals(1, pool.points("s").orThrow().size());
            assertBegunAnew(pool, "b", 2);
        }
    }

    @Test
    void whatIsTakenOutHearsOfALossThatAnotherOneWasToldOfMeanwhile() throws IOException {
        TestTree tree = TreePoolTest.history().getFirst();
        try (ImagePool pool = open()) {
            PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            Path whole = folder.resolve("whole");
            Path part = folder.resolve("part");
            PointAccess access = pool.access();
            TreePath etc = TreePath.of("etc");
            assertFailed(pool.export("s", 1, whole, losing()));
            assertFailed(access.restore("s", 1, "files", etc, part, losing()));
            assertFalse(Files.exists(whole) || Files.exists(part));
            pool.export("s", 1, whole, Progress.NONE).orThrow();
            access.restore("s", 1, "files", etc, part, Progress.NONE).orThrow();
        }
    }

    /** Loses something with the first report, of which somebody else hears first. */
    private Progress losing() {
        int before = files.lost;
        return (_, _) -> {
            if (files.lost == before) {
                files.loseAndTellAnother(folder);
            }
        };
    }

    @Test
    void aFileThatDoesNotCloseHidesNoLossAndKeepsNoOtherFileOpen() throws IOException {
        try (ImagePool pool = open()) {
            IncomingPoint point = begin(pool, "a");
            Map<String, BlockHash> roots = send(pool, point);
            files.forgetful = ".img";
            files.stubborn = ".img";
            List<String> before = List.copyOf(files.open);
            assertTrue(before.containsAll(List.of("blocks", "log")));
            Outcome<?> outcome = point.commit(roots, Progress.NONE);
            Throwable cause = assertInstanceOf(Outcome.Failed.class, outcome).cause();
            assertEquals("Input/output error", cause.getMessage());
            assertEquals("not closed", cause.getSuppressed()[0].getMessage());
            assertFalse(files.open.contains("blocks") || files.open.contains("log"));
            assertBegunAnew(pool, "a", 1);
        }
    }

    @Test
    void whatWasLostBeforeASessionIsNotItsFault() throws IOException {
        files.loseAndTellAnother(folder);
        try (ImagePool pool = open()) {
            assertBegunAnew(pool, "a", 1);
        }
    }
}
