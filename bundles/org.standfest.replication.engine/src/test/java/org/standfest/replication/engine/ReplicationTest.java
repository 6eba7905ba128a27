package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

class ReplicationTest {

    private static final long SIZE = 20L << 20;

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

    private void write(long block, int offset, byte... bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(block * Blocks.SIZE + offset);
            file.write(bytes);
        }
    }

    private void assertPoolHasTheImage() throws IOException {
        Path pooled = rig.pool.newestImage("ledger", "disk").orThrow();
        assertEquals(-1, Files.mismatch(image, pooled));
    }

    @Test
    void firstCopyIsNativeAndComplete() throws IOException {
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        assertPoolHasTheImage();
        assertEquals(1, rig.pool.points("ledger").orThrow().size());
        assertEquals(sent.token(), rig.pool.points("ledger").orThrow().getFirst().id());
        assertEquals(SIZE / Blocks.SIZE, Rig.fact(sent, FactNames.BLOCKS_SENT));
        assertEquals(1, sent.epoch());
        assertEquals("1", rig.pool.points("ledger").orThrow().getFirst().description().get("cpus"));
    }

    @Test
    void incrementSendsExactlyTheChangedBlocks() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        write(3, 100, (byte) 1, (byte) 2);
        write(17, 0, (byte) 3);
        write(200, 65_000, (byte) 4);
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), first.epoch())
                        .orThrow();
        assertPoolHasTheImage();
        assertEquals(3, Rig.fact(second, FactNames.BLOCKS_CHANGED));
        assertEquals(3, Rig.fact(second, FactNames.BLOCKS_SENT));
        assertTrue(
                Rig.fact(second, FactNames.BYTES_ON_WIRE) < 4 * Blocks.SIZE,
                second.facts().toString());
    }

    @Test
    void nothingChangedMeansNothingSent() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), first.epoch())
                        .orThrow();
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_SENT));
        assertTrue(Rig.fact(second, FactNames.BYTES_ON_WIRE) < 16_384, second.facts().toString());
    }

    @Test
    void agentThatLostItsManifestSendsNothingThePoolHas() throws IOException {
        rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        write(9, 9, (byte) 9);
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.empty(), 1).orThrow();
        assertPoolHasTheImage();
        assertEquals(1, Rig.fact(second, FactNames.BLOCKS_SENT));
    }

    @Test
    void blocksThatMovedAreNotSentAgain() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        byte[] block = new byte[Blocks.SIZE];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.readFully(block);
            file.seek(40L * Blocks.SIZE);
            file.write(block);
        }
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).orThrow();
        assertPoolHasTheImage();
        assertEquals(1, Rig.fact(second, FactNames.BLOCKS_CHANGED));
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_SENT));
    }

    @Test
    void holesAndZerosNeverTravel() throws IOException {
        Path sparse = folder.resolve("sparse.img");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(1L << 30);
            file.seek(512L << 20);
            file.write(new byte[3 * Blocks.SIZE]);
            file.write(7);
        }
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", sparse, Optional.empty(), 0).orThrow();
        assertEquals(1, Rig.fact(sent, FactNames.BLOCKS_SENT));
        assertTrue(
                Rig.fact(sent, FactNames.BYTES_ON_WIRE) < 2 * Blocks.SIZE, sent.facts().toString());
        Path pooled = rig.pool.newestImage("ledger", "disk").orThrow();
        assertEquals(-1, Files.mismatch(sparse, pooled));
    }

    @Test
    void blocksThatBecomeZeroAreZeroInThePool() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        write(5, 0, new byte[2 * Blocks.SIZE]);
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).orThrow();
        assertPoolHasTheImage();
        assertEquals(2, Rig.fact(second, FactNames.BLOCKS_CHANGED));
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_SENT));
    }

    @Test
    void diskMayGrowAndShrink() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        write(SIZE / Blocks.SIZE, 0, new byte[] {1, 2, 3});
        SessionSender.Sent second =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).orThrow();
        assertPoolHasTheImage();
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE / 2 + 777);
        }
        SessionSender.Sent third =
                rig.replicate(agent, "ledger", image, Optional.of(second.basis()), 1).orThrow();
        assertPoolHasTheImage();
        assertTrue(Rig.fact(third, FactNames.BLOCKS_SENT) <= 1, third.facts().toString());
    }

    @Test
    void olderEpochIsRefusedAndNothingChanges() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        byte[] before = Files.readAllBytes(rig.pool.newestImage("ledger", "disk").orThrow());
        rig.pool.raiseEpoch("ledger").orThrow();
        write(1, 1, (byte) 1);
        Outcome<SessionSender.Sent> late =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), first.epoch());
        assertInstanceOf(Outcome.Refused.class, late, late.toString());
        assertEquals("pool.epoch-old", late.problem().orElseThrow().code());
        Outcome<SessionSender.Sent> forgetful =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0);
        assertEquals("engine.epoch-unknown", forgetful.problem().orElseThrow().code());
        assertArrayEquals(
                before, Files.readAllBytes(rig.pool.newestImage("ledger", "disk").orThrow()));
    }

    @Test
    void heldSystemIsNotCommitted() throws IOException {
        SessionSender.Sent first =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        rig.pool.hold("ledger", "emergency", "test").orThrow();
        write(1, 1, (byte) 1);
        Outcome<SessionSender.Sent> held =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), first.epoch());
        assertInstanceOf(Outcome.Refused.class, held, held.toString());
        rig.pool.release("ledger", "emergency").orThrow();
        assertTrue(rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).isDone());
        assertPoolHasTheImage();
    }

    @Test
    void foreignSystemIsRefused() {
        rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        Identity stranger = rig.agent();
        Outcome<SessionSender.Sent> outcome =
                rig.replicate(stranger, "ledger", image, Optional.empty(), 0);
        assertEquals("trust.foreign-system", outcome.problem().orElseThrow().code());
        assertFalse(rig.pool.system("ledger").isEmpty());
        assertEquals(1, rig.pool.points("ledger").orThrow().size());
    }

    @Test
    void manyIncrementsStayIdentical() throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        Optional<Basis> basis = Optional.empty();
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 5; i++) {
                write(random.nextInt(320), random.nextInt(60_000), (byte) random.nextInt());
            }
            SessionSender.Sent sent =
                    rig.replicate(agent, "ledger", image, basis, round == 0 ? 0 : 1).orThrow();
            basis = Optional.of(sent.basis());
            assertPoolHasTheImage();
        }
        assertTrue(
                rig.pool
                        .verify("ledger", org.standfest.replication.pool.Progress.NONE)
                        .orThrow()
                        .intact());
    }
}
