package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Changed blocks that travel as their changed parts, honestly and otherwise. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class SubBlockTest {

    private static final int SIZE = 2 << 20;

    @TempDir private Path folder;
    private Rig rig;
    private Path image;
    private Identity agent;
    private SessionSender.Sent first;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        image = folder.resolve("disk.img");
        Rig.fill(image, SIZE, 1);
        agent = rig.agent("ledger");
        first = rig.replicate(agent, "ledger", image, Optional.empty(), 0).orThrow();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void write(long position, byte... bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(position);
            file.write(bytes);
        }
    }

    private void assertPoolHas(Path expected) throws IOException {
        Path pooled = rig.pool.newestImage("ledger", "disk").orThrow();
        assertEquals(-1, Files.mismatch(expected, pooled));
    }

    @Test
    void changedPagesTravelAlone() throws IOException {
        for (int block = 0; block < 20; block++) {
            write(block * 65_536L + block * 3_000, (byte) 77, (byte) 78);
        }
        SessionSender.Sent sent =
                rig.replicate(agent, "ledger", image, Optional.of(first.basis()), 1).orThrow();
        assertPoolHas(image);
        assertEquals(20, Rig.fact(sent, FactNames.BLOCKS_SENT));
        assertEquals(20, Rig.fact(sent, FactNames.BLOCKS_PATCHED));
        // 20 to 40 parts of 4 KiB, 20 times 128 bytes of shortened hashes, the handshake
        assertTrue(Rig.fact(sent, FactNames.BYTES_ON_WIRE) < 200_000, sent.facts().toString());
    }

    @Test
    void lastPartOfAnOddDiskTravelsAlone() throws IOException {
        Path odd = folder.resolve("odd.img");
        Rig.fill(odd, 3 * 65_536 + 10_001, 5);
        Identity other = rig.agent("odd");
        SessionSender.Sent before = rig.replicate(other, "odd", odd, Optional.empty(), 0).orThrow();
        try (RandomAccessFile file = new RandomAccessFile(odd.toFile(), "rw")) {
            file.seek(3 * 65_536 + 10_000);
            file.write(~file.read());
            file.seek(3 * 65_536 + 10_000);
            file.write(1);
        }
        SessionSender.Sent after =
                rig.replicate(other, "odd", odd, Optional.of(before.basis()), 1).orThrow();
        assertEquals(-1, Files.mismatch(odd, rig.pool.newestImage("odd", "disk").orThrow()));
        assertTrue(Rig.fact(after, FactNames.BYTES_ON_WIRE) < 30_000, after.facts().toString());
    }

    @Test
    void randomHistoryStaysIdentical() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        SessionSender.Sent last = first;
        for (int round = 0; round < 12; round++) {
            for (int i = random.nextInt(30); i >= 0; i--) {
                byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 40 : 90_000)];
                if (random.nextInt(4) > 0) {
                    random.nextBytes(piece);
                }
                write(random.nextInt(SIZE - piece.length), piece);
            }
            Optional<Basis> basis =
                    random.nextInt(4) == 0 ? Optional.empty() : Optional.of(last.basis());
            last = rig.replicate(agent, "ledger", image, basis, 1).orThrow();
            assertPoolHas(image);
        }
    }

    @Test
    void unchangedBlocksAreRecognisedWithoutFurtherAdo() throws IOException {
        BasisFolder kept = new BasisFolder(folder.resolve("basis"));
        kept.save(first.basis());
        Basis loaded = kept.load().orElseThrow();
        assertEquals(1, loaded.prints().size());
        SessionSender.Sent same =
                rig.replicate(agent, "ledger", image, Optional.of(loaded), 1).orThrow();
        assertEquals(0, Rig.fact(same, FactNames.BLOCKS_CHANGED));
        Path prints;
        try (var files = Files.walk(folder.resolve("basis"))) {
            prints = files.filter(file -> file.toString().endsWith(".prints")).findFirst().get();
        }
        Files.write(prints, new byte[100]);
        Basis without = kept.load().orElseThrow();
        assertTrue(without.prints().isEmpty() && without.disks().size() == 1);
    }

    @Test
    void fingerprintsOfAnotherContentUnderTheSameNameAreNotBelieved() throws IOException {
        Path other = folder.resolve("other.img");
        Rig.fill(other, SIZE, 2);
        SessionSender.Sent elsewhere =
                rig.replicate(rig.agent("other"), "other", other, Optional.empty(), 0).orThrow();
        Basis wrong =
                new Basis(
                        first.token(),
                        elsewhere.basis().disks(),
                        Map.of(),
                        Map.of(),
                        elsewhere.basis().prints());
        rig.replicate(agent, "ledger", other, Optional.of(wrong), 1).orThrow();
        assertPoolHas(other);
    }

    // From here on an enrolled agent lies.

    private Channel open() throws ChannelException {
        Channel channel = rig.connect(agent, Purpose.REPLICATE).orThrow();
        channel.send(
                new Message.SessionOpen(
                        "key-2",
                        "ledger",
                        1,
                        0,
                        "",
                        List.of(new VolumeHead("disk", VolumeKind.DISK, SIZE)),
                        Map.of()));
        assertInstanceOf(Message.SessionReady.class, channel.receive());
        return channel;
    }

    private static byte[] hash(byte[] content) {
        return new BlockHasher().hash(ByteBuffer.wrap(content)).toBytes();
    }

    private static Message.Patch patch(long index, byte[] hash, int parts, byte[] content) {
        return new Message.Patch(0, index, hash, parts, Encoding.RAW, content.length, content);
    }

    private Message next(Channel channel) throws ChannelException {
        Message message = channel.receiveOrRefusal();
        while (message instanceof Message.Acknowledged) {
            message = channel.receiveOrRefusal();
        }
        return message;
    }

    private void assertRefused(Channel channel) throws ChannelException {
        Message message = next(channel);
        while (!(message instanceof Message.Refusal)) {
            message = next(channel);
        }
        channel.close();
        assertEquals(1, rig.pool.points("ledger").orThrow().size());
    }

    @Test
    void blockThatComesOutWrongIsAskedForWhole() throws Exception {
        byte[] content = Files.readAllBytes(image);
        byte[] block = Arrays.copyOfRange(content, 5 * 65_536, 6 * 65_536);
        Arrays.fill(block, 8_192, 12_288, (byte) 3);
        byte[] wanted = hash(block);
        DiskManifest.Editor editor = first.basis().disks().get("disk").edit();
        editor.set(5, BlockHash.at(wanted, 0));
        byte[] root = editor.build().root().toBytes();
        try (Channel channel = open()) {
            channel.send(patch(5, wanted, 1 << 3, new byte[4_096]));
            channel.send(new Message.Commit(List.of(root)));
            Message.Again again = assertInstanceOf(Message.Again.class, next(channel));
            assertEquals(List.of(5L), again.indices());
            channel.send(new Message.Block(0, 5, wanted, Encoding.RAW, Blocks.SIZE, block));
            channel.send(new Message.Commit(List.of(root)));
            assertInstanceOf(Message.Committed.class, next(channel));
        }
        System.arraycopy(block, 0, content, 5 * 65_536, Blocks.SIZE);
        assertArrayEquals(
                content, Files.readAllBytes(rig.pool.newestImage("ledger", "disk").orThrow()));
    }

    @Test
    void blockThatIsNeverBroughtWholeIsNeverCommitted() throws ChannelException {
        Channel channel = open();
        channel.send(patch(5, hash(new byte[] {9}), 8, new byte[4_096]));
        byte[] root = first.basis().disks().get("disk").root().toBytes();
        for (int i = 0; i < 3; i++) {
            channel.send(new Message.Commit(List.of(root)));
            assertInstanceOf(Message.Again.class, next(channel));
        }
        channel.close();
        assertEquals(1, rig.pool.points("ledger").orThrow().size());
    }

    @Test
    void partsOfBlocksOutsideTheDiskAreNoContent() throws ChannelException {
        Channel channel = open();
        channel.send(patch(SIZE / 65_536, hash(new byte[] {1}), 1, new byte[4_096]));
        byte[] root = first.basis().disks().get("disk").root().toBytes();
        channel.send(new Message.Commit(List.of(root)));
        assertInstanceOf(Message.Again.class, next(channel));
        channel.close();
        assertEquals(1, rig.pool.points("ledger").orThrow().size());
    }

    @Test
    void partsOfAnotherVolumeEndTheSession() throws ChannelException {
        Channel channel = open();
        channel.send(
                new Message.Patch(9, 1, new byte[32], 1, Encoding.RAW, 4_096, new byte[4_096]));
        assertRefused(channel);
    }

    @Test
    void partsThatUnpackToAnythingElseEndTheSession() throws ChannelException {
        byte[] bomb = Zstd.compress(new byte[60_000_000], 19);
        byte[] small = Zstd.compress(new byte[100], 1);
        for (byte[] packed : List.of(bomb, small, new byte[] {1, 2, 3}, new byte[0])) {
            Channel channel = open();
            channel.send(new Message.Patch(0, 1, new byte[32], 1, Encoding.ZSTD, 4_096, packed));
            assertRefused(channel);
        }
    }

    @Test
    void moreWrongPartsThanAnybodyCanMeanEndTheSession() throws ChannelException {
        Channel channel = open();
        for (int i = 0; i <= 65_536; i++) {
            channel.enqueue(patch(i, hash(new byte[] {1}), 1 << 15, new byte[] {1}));
        }
        channel.flush();
        Message.Refusal refusal = assertInstanceOf(Message.Refusal.class, next(channel));
        assertEquals("engine.protocol", refusal.code());
        channel.close();
    }

    @Test
    void partsAreCutAndPutTogetherAgain() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            byte[] old = new byte[1 + random.nextInt(Blocks.SIZE)];
            random.nextBytes(old);
            byte[] now = old.clone();
            for (int i = random.nextInt(9); i >= 0; i--) {
                now[random.nextInt(now.length)]++;
            }
            byte[] hashes = new byte[Limits.SUB_HASHES_BYTES];
            new SubBlocks().hashes(ByteBuffer.wrap(old), hashes, 0);
            int bits = new SubBlocks().differing(now, hashes, 0);
            if (bits == 0) {
                assertArrayEquals(old, now);
                continue;
            }
            ByteBuffer content = ByteBuffer.wrap(old.clone());
            byte[] parts = SubBlocks.gather(now, bits);
            assertFalse(SubBlocks.apply(content.duplicate(), bits, new byte[parts.length + 1]));
            content = ByteBuffer.wrap(old);
            assertTrue(SubBlocks.apply(content, bits, parts));
            assertArrayEquals(now, content.array());
        }
    }
}
