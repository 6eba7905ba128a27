package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Version;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** An enrolled agent that speaks the protocol and lies. */
@Timeout(60)
class HostileAgentTest {

    @TempDir private Path folder;
    private Rig rig;
    private Identity agent;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        agent = rig.agent("mine");
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private Channel open(VolumeKind kind, long size) throws ChannelException {
        return open("v", kind, size);
    }

    private Channel open(String volume, VolumeKind kind, long size) throws ChannelException {
        Channel channel = rig.connect(agent, Purpose.REPLICATE).orThrow();
        channel.send(
                new Message.SessionOpen(
                        "key",
                        "mine",
                        0,
                        0,
                        "",
                        List.of(new VolumeHead(volume, kind, size)),
                        Map.of()));
        assertInstanceOf(Message.SessionReady.class, channel.receive());
        return channel;
    }

    private void assertRefused(Channel channel, String code) throws ChannelException {
        Message answer = channel.receiveOrRefusal();
        while (!(answer instanceof Message.Refusal)) {
            answer = channel.receiveOrRefusal();
        }
        assertEquals(code, ((Message.Refusal) answer).code());
        assertFalse(rig.pool.system("mine").flatMap(system -> system.newest()).isPresent());
        channel.close();
    }

    private static Message.Block block(int volume, long index, byte[] content, byte[] claimed) {
        byte[] hash = new BlockHasher().hash(ByteBuffer.wrap(claimed)).toBytes();
        return new Message.Block(volume, index, hash, Encoding.RAW, content.length, content);
    }

    private static byte[] some(int size) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) 5);
        return bytes;
    }

    @Test
    void wrongHashIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(block(0, 1, some(65_536), new byte[] {1}));
        assertRefused(channel, "pool.content-wrong");
    }

    @Test
    void blockBeyondTheDiskIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(block(0, 16, some(65_536), some(65_536)));
        assertRefusedSomehow(channel);
    }

    @Test
    void shortBlockIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(block(0, 1, some(100), some(100)));
        assertRefusedSomehow(channel);
    }

    private void assertRefusedSomehow(Channel channel) throws ChannelException {
        Message answer = channel.receiveOrRefusal();
        assertInstanceOf(Message.Refusal.class, answer);
        assertFalse(rig.pool.system("mine").flatMap(system -> system.newest()).isPresent());
        channel.close();
    }

    @Test
    void volumeThatWasNotOpenedIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(block(7, 0, some(65_536), some(65_536)));
        assertRefused(channel, "engine.protocol");
    }

    @Test
    void bombIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[10_000_000], 19);
        channel.send(new Message.Block(0, 0, new byte[32], Encoding.ZSTD, 65_536, bomb));
        assertRefusedSomehow(channel);
    }

    private static Message.Pack pack(int volume, byte[] packed, Encoding how, byte[]... contents) {
        byte[] hashes = new byte[32 * contents.length];
        List<Integer> lengths = new java.util.ArrayList<>();
        for (byte[] content : contents) {
            new BlockHasher().hash(ByteBuffer.wrap(content)).put(hashes, 32 * lengths.size());
            lengths.add(content.length);
        }
        return new Message.Pack(volume, hashes, lengths, how, packed);
    }

    private static Message.Bare row(long first, Encoding encoding, int raw, byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return new Message.Bare(0, first, (int) checksum.getValue(), encoding, raw, content);
    }

    @Test
    void rowOfBlocksIsTakenAndItsHashesAreTold() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, (1 << 20) + 100);
        channel.send(row(15, Encoding.RAW, 65_536 + 100, some(65_536 + 100)));
        Message.Hashes hashes = assertInstanceOf(Message.Hashes.class, channel.receive());
        assertEquals(15, hashes.firstBlock());
        byte[] last = new BlockHasher().hash(ByteBuffer.wrap(some(100))).toBytes();
        assertArrayEquals(last, java.util.Arrays.copyOfRange(hashes.hashes(), 32, 64));
        channel.close();
    }

    @Test
    void rowBeyondTheDiskOrCutOrChangedOnItsWayIsRefused() throws ChannelException {
        byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[10_000_000], 19);
        Message.Bare good = row(0, Encoding.RAW, 65_536, some(65_536));
        for (Message.Bare bad :
                List.of(
                        row(15, Encoding.RAW, 131_072, some(131_072)),
                        row(1L << 27, Encoding.RAW, 65_536, some(65_536)),
                        row(0, Encoding.RAW, 65_636, some(65_636)),
                        row(0, Encoding.ZSTD, 65_536, bomb),
                        new Message.Bare(0, 0, 1, Encoding.RAW, 65_536, good.content()),
                        new Message.Bare(
                                3, 0, good.checksum(), Encoding.RAW, 65_536, some(65_536)))) {
            Channel channel = open(VolumeKind.DISK, 1 << 20);
            channel.send(bad);
            assertRefusedSomehow(channel);
        }
    }

    @Test
    void rowForATreeOrWhereItWasNotOfferedIsRefused() throws IOException {
        Message.Bare good = row(0, Encoding.RAW, 65_536, some(65_536));
        Channel tree = open(VolumeKind.TREE, 0);
        tree.send(good);
        assertRefused(tree, "engine.protocol");
        Path image = folder.resolve("disk.img");
        Rig.fill(image, 1 << 20, 1);
        rig.replicate(agent, "mine", image, java.util.Optional.empty(), 0).orThrow();
        Channel increment = open("disk", VolumeKind.DISK, 1 << 20);
        increment.send(good);
        Message.Refusal refusal =
                assertInstanceOf(Message.Refusal.class, increment.receiveOrRefusal());
        assertEquals("engine.protocol", refusal.code());
        increment.close();
    }

    @Test
    void packForADiskIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(pack(0, some(65_536), Encoding.RAW, some(65_536)));
        assertRefused(channel, "engine.protocol");
    }

    @Test
    void packThatHoldsSomethingElseIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.TREE, 0);
        channel.send(pack(0, new byte[] {5, 6, 5}, Encoding.RAW, some(1), some(2)));
        assertRefused(channel, "pool.content-wrong");
    }

    @Test
    void packThatUnpacksToMoreIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.TREE, 0);
        byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[10_000_000], 19);
        channel.send(pack(0, bomb, Encoding.ZSTD, some(1), some(2)));
        assertRefused(channel, "engine.protocol");
    }

    @Test
    void commitOfWhatIsNotThereIsRefused() throws ChannelException {
        Channel channel = open(VolumeKind.DISK, 1 << 20);
        channel.send(
                new Message.Commit(
                        List.of(new BlockHasher().hash(ByteBuffer.wrap(some(9))).toBytes())));
        assertRefusedSomehow(channel);
    }

    @Test
    void treePathsCannotLeadOut() throws ChannelException, IOException {
        Path victim = folder.resolve("victim");
        Files.writeString(victim, "untouched");
        for (String path :
                List.of("../../victim", "/etc/passwd", "a/../../b", "a//b", "./x", "a\0b")) {
            Channel channel = open(VolumeKind.TREE, 0);
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            WireWriter change = new WireWriter(64).u8(2).u16(name.length).raw(name);
            channel.send(new Message.TreeChanges(0, true, change.toBytes()));
            assertRefused(channel, "engine.protocol");
        }
        assertEquals("untouched", Files.readString(victim));
    }

    @Test
    void systemOfAnotherAgentIsOutOfReach() throws Exception {
        Identity other = rig.agent("theirs");
        Path image = folder.resolve("disk.img");
        Rig.fill(image, 1 << 20, 1);
        rig.replicate(other, "theirs", image, java.util.Optional.empty(), 0).orThrow();
        for (Purpose purpose : List.of(Purpose.REPLICATE, Purpose.RESTORE)) {
            Channel channel = rig.connect(agent, purpose).orThrow();
            channel.send(
                    purpose == Purpose.RESTORE
                            ? new Message.RestoreRequest(
                                    "theirs", "r", Message.RestorePhase.BULK, "")
                            : new Message.SessionOpen(
                                    "k",
                                    "theirs",
                                    1,
                                    0,
                                    "",
                                    List.of(new VolumeHead("disk", VolumeKind.DISK, 1 << 20)),
                                    Map.of()));
            Message.Refusal refusal =
                    assertInstanceOf(Message.Refusal.class, channel.receiveOrRefusal());
            assertEquals("trust.foreign-system", refusal.code());
            channel.close();
        }
        assertEquals(1, rig.pool.points("theirs").orThrow().size());
    }

    @Test
    void messagesOutOfPlaceEndTheSession() throws ChannelException {
        for (Message message :
                List.of(
                        new Message.Acknowledged(1),
                        new Message.Committed("x", Map.of()),
                        new Message.ManageRequest(1, new byte[0]),
                        new Message.Hello(Version.MAJOR, 0, Purpose.MANAGE, "en", "x"))) {
            Channel channel = open(VolumeKind.DISK, 1 << 20);
            channel.send(message);
            assertRefused(channel, "engine.protocol");
        }
    }

    @Test
    void twoSessionsOfOneSystemDoNotMix() throws Exception {
        Channel first = open(VolumeKind.DISK, 1 << 20);
        Channel second = open(VolumeKind.DISK, 1 << 20);
        first.send(block(0, 1, some(65_536), some(65_536)));
        Message.Refusal refusal = assertInstanceOf(Message.Refusal.class, first.receiveOrRefusal());
        assertEquals("pool.session-over", refusal.code());
        first.close();
        second.close();
        Path image = folder.resolve("disk.img");
        Rig.fill(image, 1 << 20, 1);
        assertTrue(rig.replicate(agent, "mine", image, java.util.Optional.empty(), 0).isDone());
    }
}
