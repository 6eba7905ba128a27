package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** First copies whose blocks travel without hashes. */
class BareSendingTest {

    private static final long SIZE = (40L << 20) + 5_000;

    @TempDir Path folder;
    private Rig rig;
    private Path image;

    @BeforeEach
    void start() throws Exception {
        rig = new Rig(folder);
        image = folder.resolve("disk.img");
        Rig.fill(image, SIZE, 3);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void zero(long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(length), position);
        }
    }

    @Test
    void manifestOfAFirstCopyIsThatOfTheDisk() throws Exception {
        zero(0, 65_536);
        zero(5 << 20, 3 * 65_536);
        zero((7 << 20) + 100, 65_536);
        Identity agent = rig.agent("ledger");
        rig.settings = new SessionSender.Settings(2, new CompressionChoice.Always());
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
        DiskManifest manifest = sent.basis().disks().get("disk");
        assertEquals(SIZE, manifest.sizeBytes());
        BlockHasher hasher = new BlockHasher();
        byte[] content = Files.readAllBytes(image);
        for (int i = 0; i < manifest.blockCount(); i++) {
            int length = Blocks.length(i, SIZE);
            assertEquals(hasher.hash(content, i * Blocks.SIZE, length), manifest.hash(i), "" + i);
        }
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        assertTrue(rig.pool.verify("ledger", Progress.NONE).orThrow().intact());
        SessionSender.Sent again =
                rig.replicate(agent, "ledger", image, Optional.of(sent.basis()), 1).orThrow();
        assertEquals("0", again.facts().get("blocksSent"));
    }

    @Test
    void aSampleIsTakenOfSomeSegmentsAndNobodyElseKnowsOfWhich() {
        PrintKey one = new PrintKey(new byte[PrintKey.SEED_BYTES]);
        byte[] seed = new byte[PrintKey.SEED_BYTES];
        seed[3] = 1;
        PrintKey other = new PrintKey(seed);
        int chosen = 0;
        int both = 0;
        for (int i = 0; i < 16_000; i++) {
            chosen += one.chooses(i) ? 1 : 0;
            both += one.chooses(i) && other.chooses(i) ? 1 : 0;
        }
        assertTrue(chosen > 500 && chosen < 2_000, "chosen " + chosen);
        assertTrue(both < chosen / 4, "both " + both);
    }

    @Test
    void hashesOfAPoolThatLiesAreNotBelieved() {
        BlockHash sample = new BlockHasher().hash(new byte[] {1}, 0, 1);
        BlockHash other = new BlockHasher().hash(new byte[] {2}, 0, 1);
        assertTrue(BareSending.plausible(other, null));
        assertTrue(BareSending.plausible(sample, sample));
        assertFalse(BareSending.plausible(other, sample));
        assertFalse(BareSending.plausible(BlockHash.ZERO, null));
    }
}
