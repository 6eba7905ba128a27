package org.standfest.replication.protocol;

import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.replication.protocol.Message.VolumeHead;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random messages of every kind, from a seed. */
final class Samples {

    private static final String LETTERS = "abcXYZ019-_.";
    private final SplittableRandom random;

    Samples(long seed) {
        random = new SplittableRandom(seed);
    }

    private String id() {
        StringBuilder id = new StringBuilder("i");
        for (int i = random.nextInt(Limits.ID_BYTES - 1); i > 0; i--) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    private String text(int limit) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(limit / 4); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(10) == 0
                            ? 0x1F600 + random.nextInt(50)
                            : ' ' + random.nextInt(500));
        }
        return text.toString();
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            facts.put(text(100) + i, text(400));
        }
        return facts;
    }

    private <E> E one(E[] all) {
        return all[random.nextInt(all.length)];
    }

    private long positive() {
        return random.nextLong(Long.MAX_VALUE);
    }

    private List<VolumeHead> volumes() {
        List<VolumeHead> volumes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            volumes.add(
                    new VolumeHead(
                            id(), one(VolumeKind.values()), random.nextLong(Limits.DISK_BYTES)));
        }
        return volumes;
    }

    Message.Bare bare() {
        int raw = 1 + random.nextInt(Limits.PACK_BYTES);
        boolean packed = random.nextBoolean();
        return new Message.Bare(
                random.nextInt(65_536),
                random.nextLong(Limits.DISK_BYTES / Limits.BLOCK_BYTES),
                random.nextInt(),
                packed ? Message.Encoding.ZSTD : Message.Encoding.RAW,
                raw,
                bytes(packed ? random.nextInt(raw) : raw));
    }

    Message.Block block() {
        int raw = 1 + random.nextInt(Limits.BLOCK_BYTES);
        boolean packed = random.nextBoolean();
        return new Message.Block(
                random.nextInt(65_536),
                random.nextLong(Limits.DISK_BYTES / Limits.BLOCK_BYTES),
                bytes(32),
                packed ? Message.Encoding.ZSTD : Message.Encoding.RAW,
                raw,
                bytes(packed ? random.nextInt(raw) : raw));
    }

    private Message.Wanted wanted() {
        int count = 1 + random.nextInt(40);
        byte[] bits = bytes(count);
        byte[] older = bytes(count);
        int both = 0;
        for (int i = 0; i < count; i++) {
            older[i] &= bits[i];
            both += Integer.bitCount(older[i] & 0xFF);
        }
        return new Message.Wanted(9, bits, older, bytes(both * Limits.SUB_HASHES_BYTES));
    }

    Message.Patch patch() {
        int subBlocks = 1 + random.nextInt((1 << Limits.SUB_BLOCKS) - 1);
        int raw =
                Integer.bitCount(subBlocks) * Limits.SUB_BLOCK_BYTES
                        - random.nextInt(Limits.SUB_BLOCK_BYTES);
        boolean packed = random.nextBoolean();
        return new Message.Patch(
                random.nextInt(65_536),
                random.nextLong(Limits.DISK_BYTES / Limits.BLOCK_BYTES),
                bytes(32),
                subBlocks,
                packed ? Message.Encoding.ZSTD : Message.Encoding.RAW,
                raw,
                bytes(packed ? random.nextInt(raw) : raw));
    }

    private Message.Attachment attachment() {
        int raw = 1 + random.nextInt(Limits.PART_BYTES);
        boolean packed = random.nextBoolean();
        return new Message.Attachment(
                id(),
                random.nextBoolean(),
                packed ? Message.Encoding.ZSTD : Message.Encoding.RAW,
                raw,
                bytes(packed ? random.nextInt(raw) : raw));
    }

    private Message.Pack pack() {
        List<Integer> lengths = new ArrayList<>();
        int raw = 0;
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            lengths.add(1 + random.nextInt(4_000));
            raw += lengths.getLast();
        }
        boolean packed = random.nextBoolean();
        return new Message.Pack(
                random.nextInt(65_536),
                bytes(32 * lengths.size()),
                lengths,
                packed ? Message.Encoding.ZSTD : Message.Encoding.RAW,
                bytes(packed ? random.nextInt(raw) : raw));
    }

    private Message.Offer offer() {
        List<Long> indices = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            indices.add(random.nextLong(1L << 28));
        }
        return new Message.Offer(random.nextInt(65_536), indices, bytes(32 * indices.size()));
    }

    /** One message of every kind. */
    List<Message> all() {
        return List.of(
                new Message.Hello(
                        Version.MAJOR,
                        random.nextInt(65_536),
                        one(Purpose.values()),
                        "de-DE",
                        text(200)),
                new Message.Welcome(Version.MAJOR, 0, id(), random.nextLong()),
                new Message.Refusal("a.code", text(4000), text(4000), text(4000)),
                new Message.Goodbye(text(4000)),
                new Message.KeepAlive(),
                new Message.EnrolRequest(text(250), text(250), bytes(random.nextInt(1000))),
                new Message.EnrolAnswer(id(), "agent", bytes(900), bytes(800)),
                new Message.AgentReport(
                        text(250),
                        text(250),
                        List.of(id()),
                        List.of(
                                new SystemReport(
                                        id(),
                                        text(250),
                                        volumes(),
                                        random.nextInt(3),
                                        text(3000),
                                        "",
                                        facts()))),
                new Message.Command(
                        random.nextLong(), one(Message.CommandKind.values()), id(), facts()),
                new Message.CommandProgress(
                        random.nextLong(), "bulk", random.nextLong(), random.nextLong()),
                new Message.CommandResult(
                        random.nextLong(),
                        one(Message.ResultKind.values()),
                        "c",
                        text(99),
                        text(99),
                        "",
                        facts()),
                new Message.RestoreRequest(id(), id(), one(Message.RestorePhase.values()), ""),
                new Message.SessionOpen(
                        id(), id(), positive(), random.nextLong(), id(), volumes(), facts()),
                new Message.SessionReady(
                        "",
                        positive(),
                        Limits.SESSION_FRAME_BYTES,
                        random.nextBoolean(),
                        random.nextBoolean(),
                        List.of(bytes(32))),
                new Message.Turn(id()),
                new Message.Queued(random.nextInt(Integer.MAX_VALUE)),
                new Message.ManifestRequest(random.nextInt(65_536)),
                new Message.ManifestPart(
                        3, random.nextBoolean(), bytes(random.nextInt(Limits.PART_BYTES))),
                block(),
                new Message.ZeroRange(1, random.nextLong(1 << 20), 1 + random.nextLong(1 << 20)),
                new Message.TreeChanges(2, random.nextBoolean(), bytes(random.nextInt(5000))),
                new Message.Acknowledged(positive()),
                new Message.Commit(List.of(bytes(32), bytes(32)), random.nextBoolean() ? "" : id()),
                new Message.Committed(id(), random.nextBoolean(), facts()),
                patch(),
                pack(),
                bare(),
                new Message.Hashes(1, positive() >> 40, bytes(32 * (1 + random.nextInt(4)))),
                new Message.Again(random.nextInt(65_536), List.of(random.nextLong(1L << 28))),
                new Message.Suspend(text(2000)),
                attachment(),
                offer(),
                wanted(),
                new Message.ManageRequest(random.nextLong(), bytes(random.nextInt(3000))),
                new Message.ManageAnswer(random.nextLong(), bytes(random.nextInt(3000))),
                new ProofMessage.Open(id(), id()),
                new ProofMessage.Ready(List.of(id(), id()), List.of(bytes(32), bytes(32))),
                new ProofMessage.Ask(2, positive() >> 20, 1024, random.nextBoolean()),
                new ProofMessage.Answer(2, positive(), positive(), List.of(bytes(32))),
                new GroupMessage.Order(
                        id(), id(), id(), one(GroupMessage.Step.values()), 5_000, positive()),
                new GroupMessage.State(
                        id(),
                        id(),
                        one(GroupMessage.Stage.values()),
                        random.nextLong(),
                        one(Message.ResultKind.values()),
                        "c",
                        text(99),
                        text(99),
                        "",
                        facts()),
                new GroupMessage.Ask(id(), id()));
    }
}
