package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions whose line is cut, whose standby dies. */
@Timeout(90)
class BreakTest {

    private static final long SIZE = 8L << 20;

    @TempDir private Path folder;
    private Rig rig;
    private Path image;
    private Identity agent;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        image = folder.resolve("disk.img");
        Rig.fill(image, SIZE, 1);
        agent = rig.agent("ledger");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    /** A line that breaks after some bytes towards the standby; the standby's port is behind it. */
    private static final class Cut implements AutoCloseable {

        private final ServerSocket front =
                new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final int behind;
        private long allowance;

        Cut(int behind, long allowance) throws IOException {
            this.behind = behind;
            this.allowance = allowance;
            Thread.ofVirtual().start(this::carry);
        }

        private void carry() {
            try (Socket client = front.accept();
                    Socket standby = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                Thread back = Thread.ofVirtual().start(() -> pump(standby, client, Long.MAX_VALUE));
                pump(client, standby, allowance);
                client.close();
                standby.close();
                back.join();
            } catch (IOException | InterruptedException over) {
                allowance = 0;
            }
        }

        private static void pump(Socket from, Socket to, long allowance) {
            byte[] buffer = new byte[8192];
            long left = allowance;
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                while (left > 0) {
                    int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (count < 0) {
                        return;
                    }
                    out.write(buffer, 0, count);
                    left -= count;
                }
            } catch (IOException broken) {
                assertTrue(from.isClosed() || to.isClosed() || broken.getMessage() != null);
            }
        }

        @Override
        public void close() throws IOException {
            front.close();
        }
    }

    private Outcome<SessionSender.Sent> over(
            Cut cut, SessionMemory memory, String key, Optional<Basis> basis) {
        int real = rig.port;
        rig.port = cut.front.getLocalPort();
        try {
            return rig.replicate(
                    agent, "ledger", image, basis, basis.isPresent() ? 1 : 0, memory, key);
        } finally {
            rig.port = real;
        }
    }

    @Test
    void goesOnWhereTheLineWasCutAndSendsNoBlockTwice() throws IOException {
        SessionMemory memory = new SessionMemory();
        long[] cuts = {3_000, 20_000, 400_000, 2_000_000, 3_000_000};
        for (long bytes : cuts) {
            try (Cut cut = new Cut(rig.port, bytes)) {
                assertFalse(over(cut, memory, "one-key", Optional.empty()).isDone());
            }
            assertTrue(rig.pool.system("ledger").flatMap(system -> system.newest()).isEmpty());
        }
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0, memory, "one-key")
                        .orThrow();
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        assertEquals("true", sent.facts().get(FactNames.RESUMED));
        long blocks = SIZE / Blocks.SIZE;
        assertEquals(blocks, Rig.fact(sent, FactNames.BLOCKS_CHANGED));
        // What was under way when the line broke travels again: at each of the five cuts at most
        // the
        // window of that moment. It begins with 512 KiB on every connection and is between one and
        // two times that on loopback, however much the buffers of the two sockets and of the cut
        // would swallow; all blocks once and that five times stay below one and a half disks.
        // (While the window was 16 MiB, a cut could lose everything that was sent since the last
        // acknowledgement: what lay in those buffers was sent, but never arrived.)
        assertTrue(Rig.fact(sent, FactNames.BLOCKS_EXAMINED) < blocks, sent.facts().toString());
        assertTrue(Rig.fact(sent, FactNames.BYTES_ON_WIRE) < SIZE * 3 / 2, sent.facts().toString());
        assertTrue(rig.pool.verify("ledger", Progress.NONE).orThrow().intact());
    }

    @Test
    void lastPointStaysCompleteWhereverAnIncrementBreaks() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        byte[] before = Files.readAllBytes(image);
        Rig.fill(image, SIZE, 2);
        for (long bytes = 2_500; bytes < 3_000_000; bytes = bytes * 5 / 2) {
            try (Cut cut = new Cut(rig.port, bytes)) {
                over(cut, new SessionMemory(), "key-" + bytes, Optional.of(first.basis()));
            }
            Path pooled = rig.pool.newestImage("ledger", "disk").orThrow();
            org.junit.jupiter.api.Assertions.assertArrayEquals(
                    before, Files.readAllBytes(pooled), "cut at " + bytes);
        }
        assertTrue(rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).isDone());
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
    }

    @Test
    void agentWithoutMemoryAndStandbyRestartedStillSendOnlyWhatIsMissing() throws IOException {
        try (Cut cut = new Cut(rig.port, 6_000_000)) {
            assertFalse(over(cut, new SessionMemory(), "key-a", Optional.empty()).isDone());
        }
        rig.stop();
        rig.start();
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        assertTrue(
                Rig.fact(sent, FactNames.BLOCKS_SENT) < SIZE / Blocks.SIZE,
                sent.facts().toString());
    }

    @Test
    void commitWhoseAnswerWasLostIsFoundAgain() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        // The agent never heard of the commit: it still believes in an older basis, here in none.
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.empty(), 1).orThrow();
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_SENT));
        assertFalse(first.token().equals(second.token()));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whateverBreaksASessionOffNothingOfItStaysOpen() throws IOException {
        List<Path> before = openFiles();
        List<Path> during = new ArrayList<>();
        rig.opened =
                _ -> {
                    during.addAll(openFiles());
                    throw new IllegalStateException("a fault of whoever hears of sessions");
                };
        assertFalse(rig.replicate(agent, "ledger", image, Optional.empty(), 0).isDone());
        assertTrue(during.size() > before.size(), "a session has files open");
        assertEquals(before, openFiles());
    }

    /** The files of the pool that this process has open. */
    private List<Path> openFiles() {
        List<Path> files = new ArrayList<>();
        for (File descriptor : new File("/proc/self/fd").listFiles()) {
            try {
                files.add(Files.readSymbolicLink(descriptor.toPath()));
            } catch (IOException _) {
                continue; // the one of this listing
            }
        }
        files.removeIf(file -> !file.startsWith(rig.home.resolve("pool")));
        files.sort(null);
        return files;
    }
}
