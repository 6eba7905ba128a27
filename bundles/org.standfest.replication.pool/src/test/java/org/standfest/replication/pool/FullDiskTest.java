package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A disk that is full exactly when a commit is decided and not yet carried out. */
class FullDiskTest {

    @TempDir Path folder;
    private boolean full;

    /** After the decision nothing can be made any more. */
    private final class NoMore implements ForwardingPoolFiles {

        private final PoolFiles real = new LocalPoolFiles();

        @Override
        public PoolFiles real() {
            return real;
        }

        private void check() throws IOException {
            boolean decided = Files.exists(folder.resolve("pool/systems/s/redo.properties"));
            if (full && decided) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            check();
            real.rename(from, to);
        }

        @Override
        public PoolFile open(Path file, Mode mode) throws IOException {
            if (mode != Mode.READ) {
                check();
            }
            return real.open(file, mode);
        }
    }

    @Test
    void whatIsDecidedIsFinishedWhenThereIsRoomAndSaysSoUntilThen() {
        try (ImagePool pool =
                PoolDriver.opener(new NoMore())
                        .open(folder.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow()) {
            PoolDriver.addSystem(pool);
            TestDisk disk = new TestDisk(4 * Blocks.SIZE);
            disk.fill(1, 1);
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(1, 2);
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "b", Map.of("disk0", disk), Map.of()))
                            .orThrow();
            var roots = PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of());
            full = true;
            check(point.commit(roots, Progress.NONE));
            check(pool.points("s"));
            check(pool.export("s", 1, folder.resolve("out"), Progress.NONE));
            full = false;
            List<RecoveryPoint> points = pool.points("s").orThrow();
            assertEquals("b", points.getFirst().sessionKey());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    /** The log of what arrived cannot grow. */
    private final class NoLog implements ForwardingPoolFiles {

        private final PoolFiles real = new LocalPoolFiles();

        @Override
        public PoolFiles real() {
            return real;
        }

        @Override
        public PoolFile open(Path file, Mode mode) throws IOException {
            PoolFile opened = real.open(file, mode);
            return file.endsWith("incoming/log") ? growingOnlyWhileThereIsRoom(opened) : opened;
        }
    }

    private PoolFile growingOnlyWhileThereIsRoom(PoolFile log) {
        return new ForwardingPoolFile() {
            @Override
            public PoolFile real() {
                return log;
            }

            @Override
            public void write(ByteBuffer content, long position) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                log.write(content, position);
            }
        };
    }

    @Test
    void aFirstCopyGoesOnWhereItStoppedWhenItsCommitFoundTheDiskFull() {
        try (ImagePool pool =
                PoolDriver.opener(new NoLog())
                        .open(folder.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow()) {
            PoolDriver.addSystem(pool);
            TestDisk disk = new TestDisk(200 * Blocks.SIZE);
            for (int i = 0; i < 200; i++) {
                disk.fill(i, 1 + i);
            }
            PointRequest request = PoolDriver.request(pool, "a", Map.of("disk0", disk), Map.of());
            IncomingPoint first = pool.begin(request).orThrow();
            var roots = PoolDriver.send(pool, first, Map.of("disk0", disk), Map.of());
            full = true;
            assertFalse(first.commit(roots, Progress.NONE).isDone());
            first.close();
            full = false;
            IncomingPoint again = pool.begin(request).orThrow();
            assertTrue(again.resumed());
            long kept = again.stagedBlocks("disk0");
            assertTrue(kept >= 200 - 64, () -> "only what was not logged yet is lost: " + kept);
            PoolDriver.send(pool, again, Map.of("disk0", disk), Map.of());
            again.commit(roots, Progress.NONE).orThrow();
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    private static void check(Outcome<?> outcome) {
        assertInstanceOf(Outcome.Failed.class, outcome);
        var why = outcome.problem().orElseThrow();
        assertEquals("pool.decided-full", why.code());
        assertTrue(why.meaning(Locale.ENGLISH).contains("Nothing is lost"));
    }
}
