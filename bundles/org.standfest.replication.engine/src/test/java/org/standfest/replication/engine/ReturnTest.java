package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way home: pulled onto a disk, in two phases, over lines that break, from standbys that lie.
 */
@Timeout(60)
class ReturnTest {

    private static final long SIZE = 6L << 20;

    @TempDir private Path folder;
    private Rig rig;
    private Path emergency;
    private Path landing;
    private Identity agent;
    private PullClient client = new PullClient();
    private SessionSender.Progress progress = (_, _) -> {};

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        emergency = folder.resolve("emergency.img");
        landing = folder.resolve("landing.img");
        Rig.fill(emergency, SIZE, 5);
        agent = rig.agent("ledger");
        rig.restoreSource = (who, request, basis) -> view();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private Outcome<RestoreView> view() {
        List<VolumeSource> sources =
                List.of(new VolumeSource("disk", VolumeKind.DISK, "file", emergency.toString()));
        return JoinedSnapshot.take(
                        "ledger",
                        sources,
                        Optional.empty(),
                        Map.of("file", new PlainDisks(rig.files, Clock.systemUTC())),
                        Duration.ofSeconds(5))
                .map(snapshot -> new View(snapshot, sources));
    }

    private static final class View implements RestoreView {

        private final Snapshot taken;
        private final List<VolumeSource> sources;

        View(Snapshot taken, List<VolumeSource> sources) {
            this.taken = taken;
            this.sources = sources;
        }

        @Override
        public Snapshot snapshot() {
            return taken;
        }

        @Override
        public List<VolumeSource> volumes() {
            return sources;
        }

        @Override
        public long epoch() {
            return 3;
        }

        @Override
        public void close() {
            taken.close();
        }
    }

    /**
     * A disk in a file; refuses to take more bytes than it is told, as a line that breaks would.
     */
    private static final class Disk implements ReturnDisk {

        private final FileChannel file;
        private final AtomicLong allowance;

        Disk(Path path, long size, long allowance) throws IOException {
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (file.size() < size) {
                file.write(ByteBuffer.allocate(1), size - 1);
            }
            this.allowance = new AtomicLong(allowance);
        }

        @Override
        public long sizeBytes() {
            try {
                return file.size();
            } catch (IOException fault) {
                throw new IllegalStateException(fault);
            }
        }

        @Override
        public void write(long position, ByteBuffer content) throws IOException {
            if (allowance.addAndGet(-content.remaining()) < 0) {
                throw new IOException("disk pulled");
            }
            file.write(content, position);
        }

        @Override
        public void zero(long position, long sizeBytes) throws IOException {
            file.write(ByteBuffer.allocate(Math.toIntExact(sizeBytes)), position);
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void flush() throws IOException {
            file.force(false);
        }
    }

    private static final class Site implements ReturnSite {

        private final Disk disk;

        Site(Disk disk) {
            this.disk = disk;
        }

        @Override
        public ReturnDisk disk(String volume) {
            return disk;
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public Outcome<Started> start() {
            return Outcome.done(new Started(List.of(), Map.of()));
        }

        @Override
        public Outcome<Void> stop() {
            return Outcome.done();
        }

        @Override
        public Outcome<Void> discard() {
            return Outcome.done();
        }

        @Override
        public void close() {
            // The test's disk stays open.
        }
    }

    private Outcome<PullClient.Pulled> pull(RestorePhase phase, long diskBytes, long allowance) {
        return rig.connect(agent, Purpose.RESTORE)
                .then(
                        channel -> {
                            try (channel) {
                                Site site = new Site(new Disk(landing, diskBytes, allowance));
                                return client.pull(
                                        channel,
                                        "ledger",
                                        "r-1",
                                        phase,
                                        new BasisFolder(folder.resolve("written")),
                                        open -> Outcome.done(site),
                                        progress,
                                        Cancellation.NEVER);
                            } catch (IOException fault) {
                                throw new IllegalStateException(fault);
                            }
                        });
    }

    @Test
    void aLimitedLineIsNotTakenMoreOfThanItGives() throws Exception {
        AtomicLong limit = new AtomicLong();
        CountDownLatch asked = new CountDownLatch(2);
        LineShares line =
                new LineShares(
                        _ -> {
                            asked.countDown();
                            return limit.get();
                        },
                        Clock.systemUTC(),
                        System::nanoTime);
        client = new PullClient(line.join(1), true);
        AtomicLong received = new AtomicLong();
        progress = (done, _) -> received.set(done);
        CompletableFuture<Outcome<PullClient.Pulled>> pulled =
                CompletableFuture.supplyAsync(
                        () -> pull(RestorePhase.BULK, SIZE + 4096, Long.MAX_VALUE),
                        Thread::startVirtualThread);
        asked.await();
        // it waits for its part of a line that is closed
        long first = received.get();
        assertTrue(first >= 256 << 10 && first < 512 << 10, () -> first + " bytes");
        assertFalse(pulled.isDone());
        assertEquals(first, received.get());
        limit.set(LineShares.NO_LIMIT);
        pulled.join().orThrow();
        assertLanded();
    }

    private void assertLanded() throws IOException {
        assertEquals(SIZE, Files.mismatch(emergency, landing), "only the larger size differs");
    }

    private static long wire(Outcome<PullClient.Pulled> pulled) {
        return Long.parseLong(pulled.orThrow().facts().get(FactNames.BYTES_ON_WIRE));
    }

    @Test
    void bulkThenFinalIncrementLandOnALargerDisk() throws IOException {
        Outcome<PullClient.Pulled> bulk = pull(RestorePhase.BULK, SIZE + 4096, Long.MAX_VALUE);
        assertEquals(3, bulk.orThrow().epoch());
        assertLanded();
        try (RandomAccessFile file = new RandomAccessFile(emergency.toFile(), "rw")) {
            file.seek(3L * Blocks.SIZE + 5);
            file.write(9);
            file.seek(20L * Blocks.SIZE);
            file.write(new byte[Blocks.SIZE]);
        }
        Outcome<PullClient.Pulled> last = pull(RestorePhase.FINAL, SIZE + 4096, Long.MAX_VALUE);
        assertLanded();
        assertTrue(wire(last) < 3 * Blocks.SIZE, last.toString());
    }

    @Test
    void brokenPullGoesOnWhereItStopped() throws IOException {
        Outcome<PullClient.Pulled> broken = pull(RestorePhase.BULK, SIZE + 4096, SIZE / 2);
        assertEquals("engine.disk-unwritable", broken.problem().orElseThrow().code());
        Outcome<PullClient.Pulled> again = pull(RestorePhase.BULK, SIZE + 4096, Long.MAX_VALUE);
        assertLanded();
        assertTrue(wire(again) < SIZE * 2 / 3, again.toString());
    }

    @Test
    void tooSmallADiskIsRefusedBeforeAnythingIsWritten() throws IOException {
        Outcome<PullClient.Pulled> small = pull(RestorePhase.BULK, SIZE / 2, Long.MAX_VALUE);
        assertEquals("engine.disk-too-small", small.problem().orElseThrow().code());
        assertTrue(Files.size(landing) == SIZE / 2);
    }

    @Test
    void refusalOfTheStandbyArrivesInWords() {
        rig.restoreSource =
                (who, request, basis) ->
                        Outcome.refused(Faults.TEXTS.explain("engine.agent-away", "x"));
        Outcome<PullClient.Pulled> refused = pull(RestorePhase.BULK, SIZE, Long.MAX_VALUE);
        assertEquals("engine.agent-away", refused.problem().orElseThrow().code());
    }

    @Test
    void lyingStandbyWritesNothingOutsideAndCommitsNothing() throws Exception {
        ChannelHandler liar =
                channel -> {
                    channel.receive();
                    channel.send(
                            new Message.SessionOpen(
                                    "k",
                                    "ledger",
                                    1,
                                    0,
                                    "",
                                    List.of(new Message.VolumeHead("disk", VolumeKind.DISK, SIZE)),
                                    Map.of()));
                    channel.receive();
                    byte[] content = new byte[Blocks.SIZE];
                    content[0] = 1;
                    byte[] wrong = new byte[32];
                    wrong[0] = 7;
                    channel.send(
                            new Message.Block(
                                    0, 2, wrong, Message.Encoding.RAW, content.length, content));
                    channel.receive();
                };
        try (StandbyListener hostile =
                new StandbyListener(
                        rig.authority.standbyId(),
                        rig.authority.serverContext(),
                        rig.authority::admit,
                        Map.of(Purpose.RESTORE, liar),
                        Rig.QUICK,
                        Clock.systemUTC(),
                        event -> {})) {
            int honest = rig.port;
            rig.port =
                    hostile.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .orThrow()
                            .getPort();
            Outcome<PullClient.Pulled> outcome = pull(RestorePhase.BULK, SIZE, Long.MAX_VALUE);
            assertEquals("engine.hash-differs", outcome.problem().orElseThrow().code());
            assertFalse(
                    new BasisFolder(folder.resolve("written"))
                            .load()
                            .orElseThrow()
                            .token()
                            .equals("k"));
            rig.port = honest;
        }
        byte[] landed = Files.readAllBytes(landing);
        for (byte value : landed) {
            assertEquals(0, value);
        }
    }
}
