package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

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
        assertEquals(SIZE, sent.basis().disks().get("disk").sizeBytes());
        assertComplete(sent);
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

    /** Answers wrongly from a row on, or hangs up instead of answering. */
    private static final class Unreliable extends TappedChannel {

        private final int good;
        private final boolean lies;
        private int answers;

        Unreliable(Channel real, int good, boolean lies) {
            super(real);
            this.good = good;
            this.lies = lies;
        }

        @Override
        Message received(Message message) throws ChannelException {
            if (!(message instanceof Message.Hashes hashes) || answers++ < good) {
                return message;
            }
            if (!lies) {
                throw cut();
            }
            byte[] wrong = hashes.hashes().clone();
            for (int i = 0; i < wrong.length; i += BlockHash.BYTES) {
                wrong[i] ^= 1;
            }
            return new Message.Hashes(hashes.volume(), hashes.firstBlock(), wrong);
        }
    }

    private Outcome<SessionSender.Sent> over(
            Identity agent, SessionMemory memory, UnaryOperator<Channel> tap) {
        rig.tap = tap;
        try {
            return rig.replicate(agent, "ledger", image, Optional.empty(), 0, memory, "one-key");
        } finally {
            rig.tap = channel -> channel;
        }
    }

    /** Breaks when so many rows were answered; returns what went out. */
    private List<Message.Bare> brokenAfter(int rows, Identity agent, SessionMemory memory) {
        List<Unreliable> lines = new ArrayList<>();
        Outcome<?> broken =
                over(
                        agent,
                        memory,
                        real -> {
                            lines.add(new Unreliable(real, rows, false));
                            return lines.getLast();
                        });
        assertFalse(broken.isDone());
        return lines.getLast().bareSent;
    }

    private void assertComplete(SessionSender.Sent sent) throws IOException {
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        BlockHasher hasher = new BlockHasher();
        byte[] content = Files.readAllBytes(image);
        DiskManifest manifest = sent.basis().disks().get("disk");
        for (int i = 0; i < manifest.blockCount(); i++) {
            int length = Blocks.length(i, SIZE);
            assertEquals(hasher.hash(content, i * Blocks.SIZE, length), manifest.hash(i), "" + i);
        }
    }

    @Test
    void aFirstCopyWithWrongHashesBreaksOff() throws Exception {
        // of so many segments this seed chooses some
        rig.tools =
                new SenderTools(
                        Thread.ofPlatform().daemon().factory(),
                        System::nanoTime,
                        new Random(2),
                        LineShares.unlimited());
        Outcome<?> outcome =
                over(
                        rig.agent("ledger"),
                        new SessionMemory(),
                        real -> new Unreliable(real, 0, true));
        assertEquals("engine.protocol", outcome.problem().orElseThrow().code());
        assertTrue(rig.pool.points("ledger").orThrow().isEmpty());
    }

    @Test
    void whatWentOutWithoutAnAnswerIsOfferedAfterTheBreakAndTheRestGoesBare() throws Exception {
        Identity agent = rig.agent("ledger");
        SessionMemory memory = new SessionMemory();
        long end = 0;
        for (int rows : new int[] {0, 3, 7}) {
            List<Message.Bare> went = brokenAfter(rows, agent, memory);
            assertFalse(went.isEmpty());
            assertTrue(went.getFirst().firstBlock() >= end, "a row went out twice");
            end = went.getLast().firstBlock() + 1;
        }
        // the source is not frozen: what went out reads as zeros by now
        zero((end - 1) * Blocks.SIZE, 65_536);
        assertComplete(over(agent, memory, channel -> channel).orThrow());
        assertTrue(rig.pool.verify("ledger", Progress.NONE).orThrow().intact());
    }

    @Test
    void anotherSessionOffersWhatAnEarlierOneLeftOnEveryConnection() throws Exception {
        Identity agent = rig.agent("ledger");
        int answered = 100;
        List<Message.Bare> went = brokenAfter(answered, agent, new SessionMemory());
        SessionMemory later = new SessionMemory();
        assertFalse(over(agent, later, BreaksAtTheSecondAnswer::new).isDone());
        List<TappedChannel> lines = new ArrayList<>();
        SessionSender.Sent sent =
                over(
                                agent,
                                later,
                                real -> {
                                    lines.add(new TappedChannel(real));
                                    return lines.getLast();
                                })
                        .orThrow();
        assertEquals(List.of(), lines.getLast().bareSent);
        assertComplete(sent);
        long arrived =
                went.subList(0, answered).stream()
                        .mapToLong(row -> Blocks.count(row.rawBytes()))
                        .sum();
        assertTrue(
                Rig.fact(sent, FactNames.BLOCKS_SENT) <= Blocks.count(SIZE) - arrived,
                sent.facts().toString());
    }

    /** Offers are answered once. */
    private static final class BreaksAtTheSecondAnswer extends TappedChannel {

        private int answers;

        BreaksAtTheSecondAnswer(Channel real) {
            super(real);
        }

        @Override
        Message received(Message message) throws ChannelException {
            if (message instanceof Message.Wanted && answers++ > 0) {
                throw cut();
            }
            return message;
        }
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
