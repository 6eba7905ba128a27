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
import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Attachment;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ForwardingSnapshot;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small files that travel with a recovery point. */
@Timeout(60)
class AttachmentTest {

    private static final int PARTS = 3;

    @TempDir private Path folder;
    private final byte[] memory = new byte[(PARTS - 1) * Limits.PART_BYTES + 1000];
    private Rig rig;
    private Identity agent;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        agent = rig.agent("mine");
        Rig.fill(folder.resolve("disk.img"), 1 << 20, 1);
        new SplittableRandom(1).nextBytes(memory);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    /** A plain disk of a machine whose firmware remembers something. */
    private record Machine(PlainDisks disks, Map<String, byte[]> files)
            implements SnapshotProvider {

        @Override
        public String kind() {
            return disks.kind();
        }

        @Override
        public Presence presence(VolumeSource volume) {
            return disks.presence(volume);
        }

        @Override
        public Outcome<Snapshot> take(SnapshotRequest request) {
            return disks.take(request).map(taken -> new Carrying(taken, files));
        }
    }

    private record Carrying(Snapshot taken, Map<String, byte[]> attachments)
            implements ForwardingSnapshot {}

    private Outcome<SessionSender.Sent> replicate(Map<String, byte[]> files, SessionMemory memory) {
        PlainDisks disks = new PlainDisks(rig.files, Clock.systemUTC());
        Path image = folder.resolve("disk.img");
        List<VolumeSource> volumes =
                List.of(new VolumeSource("disk", VolumeKind.DISK, "file", image.toString()));
        Outcome<Snapshot> taken =
                JoinedSnapshot.take(
                        "mine",
                        volumes,
                        Optional.empty(),
                        Map.of("file", new Machine(disks, files)),
                        Duration.ofSeconds(10));
        try (Snapshot snapshot = new HeldSnapshot(taken.orThrow(), false, Map.of());
                Channel channel = rig.tap.apply(rig.connect(agent, Purpose.REPLICATE).orThrow())) {
            SessionWork work =
                    new SessionWork(
                            "key", "mine", 0, snapshot, volumes, Optional.empty(), Map.of());
            return rig.sender().send(channel, work, memory, rig.progress, Cancellation.NEVER);
        }
    }

    private Map<String, Long> attachments() {
        return rig.pool.access().attachments("mine", number()).orThrow();
    }

    private long number() {
        return rig.pool.system("mine").flatMap(system -> system.newest()).orElseThrow().number();
    }

    private byte[] attachment(String name) {
        var content = rig.pool.access().attachment("mine", number(), name).orThrow();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    @Test
    void fileArrivesWithItsPointAndIsGoneWhenThePrimaryHasItNoLonger() {
        byte[] erased = new byte[540_672];
        Arrays.fill(erased, (byte) 0xFF);
        Map<String, byte[]> files =
                Map.of("firmware", memory, "erased", erased, "empty", new byte[0]);
        SessionSender.Sent sent = replicate(files, new SessionMemory()).orThrow();
        assertEquals(files.keySet(), attachments().keySet());
        files.forEach((name, content) -> assertArrayEquals(content, attachment(name), name));
        long wire = Rig.fact(sent, "bytesOnWire");
        assertTrue(wire < (1 << 20) + memory.length + 100_000, "what gives way travels small");
        assertTrue(rig.pool.verify("mine", Progress.NONE).orThrow().intact());
        replicate(Map.of(), new SessionMemory()).orThrow();
        assertEquals(Map.of(), attachments());
    }

    /** Breaks before a part is sent; what went before arrives. */
    private static Channel breaking(Channel line, int before) {
        return new TappedChannel(line) {
            private int parts;

            @Override
            public void enqueue(Message message) throws ChannelException {
                if (message instanceof Attachment && ++parts == before) {
                    flush();
                    throw cut();
                }
                super.enqueue(message);
            }
        };
    }

    @Test
    void lineThatBreaksBetweenPartsMixesNothing() {
        SessionMemory remembered = new SessionMemory();
        for (int part = 1; part <= PARTS; part++) {
            int before = part;
            rig.tap = line -> breaking(line, before);
            assertFalse(replicate(Map.of("firmware", memory), remembered).isDone());
            assertTrue(rig.pool.system("mine").flatMap(system -> system.newest()).isEmpty());
        }
        rig.tap = line -> line;
        memory[0]++;
        replicate(Map.of("firmware", memory), remembered).orThrow();
        assertArrayEquals(memory, attachment("firmware"));
    }

    private static Attachment part(String name, boolean last, int size) {
        return new Attachment(name, last, Encoding.RAW, size, new byte[size]);
    }

    private void assertRefused(String code, List<Attachment> parts) throws ChannelException {
        try (Channel channel = rig.connect(agent, Purpose.REPLICATE).orThrow()) {
            List<VolumeHead> heads = List.of(new VolumeHead("v", VolumeKind.DISK, 1 << 20));
            channel.send(new Message.SessionOpen("key", "mine", 0, 0, "", heads, Map.of()));
            assertInstanceOf(Message.SessionReady.class, channel.receive());
            for (Attachment part : parts) {
                channel.enqueue(part);
            }
            channel.send(new Message.Commit(List.of(new byte[32])));
            Message answer = channel.receiveOrRefusal();
            while (answer instanceof Message.Acknowledged) {
                answer = channel.receiveOrRefusal();
            }
            assertEquals(code, assertInstanceOf(Message.Refusal.class, answer).code());
            assertTrue(rig.pool.system("mine").flatMap(system -> system.newest()).isEmpty());
        }
    }

    @Test
    void hostileNamesAndFilesWithoutEndAreRefused() throws ChannelException {
        // Names that could be paths do not even pass the reader of frames.
        assertRefused("engine.protocol", List.of(part("a", false, 5), part("b", true, 5)));
        assertRefused("engine.protocol", List.of(part("a", true, 5), part("a", true, 5)));
        assertRefused("engine.protocol", List.of(part("a", false, 5)));
        assertRefused("pool.request-wrong", List.of(part("Capital", true, 5)));
        List<Attachment> many = new ArrayList<>();
        for (int i = 0; i <= Limits.ATTACHMENTS; i++) {
            many.add(part("a" + i, true, 1));
        }
        assertRefused("engine.protocol", many);
        List<Attachment> large = new ArrayList<>();
        for (int i = 0; i <= Limits.ATTACHMENT_BYTES / Limits.PART_BYTES; i++) {
            large.add(part("a", false, Limits.PART_BYTES));
        }
        assertRefused("engine.protocol", large);
        byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[10_000_000], 19);
        assertRefused(
                "engine.protocol", List.of(new Attachment("a", true, Encoding.ZSTD, 65_536, bomb)));
    }
}
