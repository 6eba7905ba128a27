package org.standfest.replication.protocol;

import org.standfest.replication.protocol.Message.Acknowledged;
import org.standfest.replication.protocol.Message.Again;
import org.standfest.replication.protocol.Message.Attachment;
import org.standfest.replication.protocol.Message.Bare;
import org.standfest.replication.protocol.Message.Block;
import org.standfest.replication.protocol.Message.Commit;
import org.standfest.replication.protocol.Message.Committed;
import org.standfest.replication.protocol.Message.Encoding;
import org.standfest.replication.protocol.Message.Hashes;
import org.standfest.replication.protocol.Message.ManifestPart;
import org.standfest.replication.protocol.Message.ManifestRequest;
import org.standfest.replication.protocol.Message.Offer;
import org.standfest.replication.protocol.Message.Pack;
import org.standfest.replication.protocol.Message.Patch;
import org.standfest.replication.protocol.Message.Queued;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.protocol.Message.RestoreRequest;
import org.standfest.replication.protocol.Message.SessionOpen;
import org.standfest.replication.protocol.Message.SessionReady;
import org.standfest.replication.protocol.Message.Suspend;
import org.standfest.replication.protocol.Message.TreeChanges;
import org.standfest.replication.protocol.Message.Turn;
import org.standfest.replication.protocol.Message.Wanted;
import org.standfest.replication.protocol.Message.ZeroRange;

import java.util.List;

/** The payloads of session frames. */
final class SessionCodec {

    private static final int HASH_BYTES = 32;

    /** What comes before the content of a {@link Bare}. */
    static final int BARE_HEAD_BYTES = 2 + 8 + 4 + 1 + 4 + 4;

    private SessionCodec() {}

    /** Appends a payload; the contents of {@link Block} and {@link Bare} have to follow. */
    static void encode(Message message, WireWriter out) {
        switch (message) {
            case RestoreRequest request ->
                    out.text(request.systemId(), Limits.ID_BYTES)
                            .text(request.returnId(), Limits.ID_BYTES)
                            .u8(request.phase().ordinal())
                            .text(request.basisToken(), Limits.ID_BYTES);
            case SessionOpen open -> {
                out.text(open.sessionKey(), Limits.ID_BYTES)
                        .text(open.systemId(), Limits.ID_BYTES)
                        .i64(open.epoch())
                        .i64(open.takenAtMillis())
                        .text(open.basisToken(), Limits.ID_BYTES);
                MessageCodec.volumes(open.volumes(), out);
                out.facts(open.machine());
            }
            case SessionReady ready ->
                    out.text(ready.basisToken(), Limits.ID_BYTES)
                            .i64(ready.epoch())
                            .i64(ready.windowBytes())
                            .u8(ready.resumed() ? 1 : 0)
                            .u8(ready.bare() ? 1 : 0)
                            .list(ready.roots(), Limits.VOLUMES, root -> out.raw(hash(root)));
            case Turn turn -> out.text(turn.systemId(), Limits.ID_BYTES);
            case Queued queued -> out.u32(queued.ahead());
            case ManifestRequest request -> out.u16(request.volume());
            case ManifestPart part ->
                    out.u16(part.volume())
                            .u8(part.last() ? 1 : 0)
                            .blob(part.bytes(), Limits.PART_BYTES);
            case Offer offer -> {
                out.u16(offer.volume()).list(offer.indices(), Limits.OFFER_BLOCKS, out::i64);
                if (offer.hashes().length != offer.indices().size() * HASH_BYTES) {
                    throw new IllegalArgumentException("hashes of an offer");
                }
                out.raw(offer.hashes());
            }
            case Wanted wanted -> encode(wanted, out);
            case Block block -> encode(block, out);
            case Patch patch -> encode(patch, out);
            case Pack pack -> encode(pack, out);
            case Bare bare -> encode(bare, out);
            case Hashes hashes ->
                    out.u16(hashes.volume())
                            .i64(hashes.firstBlock())
                            .blob(hashes.hashes(), Limits.BARE_HASHES_BYTES);
            case Again again ->
                    out.u16(again.volume()).list(again.indices(), Limits.AGAIN_BLOCKS, out::i64);
            case ZeroRange range ->
                    out.u16(range.volume()).i64(range.firstBlock()).i64(range.blocks());
            case TreeChanges changes ->
                    out.u16(changes.volume())
                            .u8(changes.whole() ? 1 : 0)
                            .blob(changes.changes(), Limits.PART_BYTES);
            case Attachment attachment -> encode(attachment, out);
            case Acknowledged acknowledged -> out.i64(acknowledged.bytes());
            case Commit commit ->
                    out.list(commit.roots(), Limits.VOLUMES, root -> out.raw(hash(root)))
                            .text(commit.group(), Limits.ID_BYTES);
            case Committed committed ->
                    out.text(committed.token(), Limits.ID_BYTES)
                            .u8(committed.prepared() ? 1 : 0)
                            .facts(committed.facts());
            case Suspend suspend -> out.sentence(suspend.reason());
            default -> throw new IllegalArgumentException("not a session message: " + message);
        }
    }

    private static void encode(Wanted wanted, WireWriter out) {
        out.u16(wanted.volume())
                .blob(wanted.bits(), Limits.OFFER_BLOCKS / Byte.SIZE)
                .blob(wanted.older(), Limits.OFFER_BLOCKS / Byte.SIZE)
                .blob(wanted.subHashes(), Limits.OFFER_BLOCKS * Limits.SUB_HASHES_BYTES);
    }

    private static void encode(Block block, WireWriter out) {
        out.u16(block.volume())
                .i64(block.index())
                .raw(hash(block.hash()))
                .u8(block.encoding().ordinal())
                .u32(block.rawBytes())
                .blobHead(block.content().length, Limits.BLOCK_BYTES);
    }

    private static void encode(Patch patch, WireWriter out) {
        out.u16(patch.volume())
                .i64(patch.index())
                .raw(hash(patch.hash()))
                .u16(patch.subBlocks())
                .u8(patch.encoding().ordinal())
                .u32(patch.rawBytes())
                .blob(patch.content(), Limits.BLOCK_BYTES);
    }

    private static void encode(Attachment attachment, WireWriter out) {
        out.text(attachment.name(), Limits.ID_BYTES)
                .u8(attachment.last() ? 1 : 0)
                .u8(attachment.encoding().ordinal())
                .u32(attachment.rawBytes())
                .blob(attachment.content(), Limits.PART_BYTES);
    }

    private static void encode(Bare bare, WireWriter out) {
        out.u16(bare.volume())
                .i64(bare.firstBlock())
                .u16(bare.checksum() >>> 16)
                .u16(bare.checksum() & 0xFFFF)
                .u8(bare.encoding().ordinal())
                .u32(bare.rawBytes())
                .blobHead(bare.content().length, Limits.PACK_BYTES);
    }

    private static void encode(Pack pack, WireWriter out) {
        if (pack.hashes().length != pack.lengths().size() * HASH_BYTES) {
            throw new IllegalArgumentException("hashes of a pack");
        }
        out.u16(pack.volume())
                .list(pack.lengths(), Limits.PACK_BLOCKS, out::u32)
                .raw(pack.hashes())
                .u8(pack.encoding().ordinal())
                .blob(pack.content(), Limits.PACK_BYTES);
    }

    static Message decode(FrameType type, WireReader in) throws WireException {
        return switch (type) {
            case RESTORE_REQUEST ->
                    new RestoreRequest(
                            in.id(false),
                            in.id(false),
                            in.oneOf(RestorePhase.values()),
                            in.id(true));
            case SESSION_OPEN ->
                    new SessionOpen(
                            in.id(false),
                            in.id(false),
                            in.i64(0, Long.MAX_VALUE),
                            in.i64(),
                            in.id(true),
                            MessageCodec.volumes(in),
                            in.facts());
            case SESSION_READY ->
                    new SessionReady(
                            in.id(true),
                            in.i64(0, Long.MAX_VALUE),
                            in.i64(Limits.SESSION_FRAME_BYTES, Long.MAX_VALUE),
                            in.flag(),
                            in.flag(),
                            in.list(Limits.VOLUMES, () -> in.raw(HASH_BYTES)));
            case TURN -> new Turn(in.id(false));
            case QUEUED -> new Queued(in.u32());
            case MANIFEST_REQUEST -> new ManifestRequest(in.u16());
            case MANIFEST_PART -> new ManifestPart(in.u16(), in.flag(), in.blob(Limits.PART_BYTES));
            case OFFER -> offer(in);
            case WANTED -> wanted(in);
            case BLOCK -> block(in);
            case PATCH -> patch(in);
            case PACK -> pack(in);
            case BARE -> bare(in);
            case HASHES -> hashes(in);
            case AGAIN ->
                    new Again(
                            in.u16(),
                            in.list(
                                    Limits.AGAIN_BLOCKS,
                                    () -> in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES)));
            case ZERO_RANGE ->
                    new ZeroRange(
                            in.u16(), in.i64(0, Limits.DISK_BYTES), in.i64(1, Limits.DISK_BYTES));
            case TREE_CHANGES -> new TreeChanges(in.u16(), in.flag(), in.blob(Limits.PART_BYTES));
            case ATTACHMENT -> attachment(in);
            case ACKNOWLEDGED -> new Acknowledged(in.i64(0, Long.MAX_VALUE));
            case COMMIT ->
                    new Commit(in.list(Limits.VOLUMES, () -> in.raw(HASH_BYTES)), in.id(true));
            case COMMITTED -> new Committed(in.id(false), in.flag(), in.facts());
            case SUSPEND -> new Suspend(in.text(Limits.TEXT_BYTES));
            default -> throw new WireException("frame type " + type + " is no session message");
        };
    }

    private static Offer offer(WireReader in) throws WireException {
        int volume = in.u16();
        List<Long> indices =
                in.list(
                        Limits.OFFER_BLOCKS,
                        () -> in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES));
        return new Offer(volume, indices, in.raw(indices.size() * HASH_BYTES));
    }

    private static Block block(WireReader in) throws WireException {
        int volume = in.u16();
        long index = in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES);
        byte[] hash = in.raw(HASH_BYTES);
        Encoding encoding = in.oneOf(Encoding.values());
        int rawBytes = in.u32();
        byte[] content = in.blob(Limits.BLOCK_BYTES);
        if (rawBytes < 1 || rawBytes > Limits.BLOCK_BYTES) {
            throw new WireException("block of " + rawBytes + " bytes");
        }
        if (encoding == Encoding.RAW && content.length != rawBytes) {
            throw new WireException("block of " + rawBytes + " bytes carries " + content.length);
        }
        return new Block(volume, index, hash, encoding, rawBytes, content);
    }

    private static Wanted wanted(WireReader in) throws WireException {
        int volume = in.u16();
        byte[] bits = in.blob(Limits.OFFER_BLOCKS / Byte.SIZE);
        byte[] older = in.blob(Limits.OFFER_BLOCKS / Byte.SIZE);
        byte[] subHashes = in.blob(Limits.OFFER_BLOCKS * Limits.SUB_HASHES_BYTES);
        int count = 0;
        for (int i = 0; i < older.length; i++) {
            if (i >= bits.length || (older[i] & ~bits[i]) != 0) {
                throw new WireException("older contents of blocks that are not lacked");
            }
            count += Integer.bitCount(older[i] & 0xFF);
        }
        if (older.length != bits.length || subHashes.length != count * Limits.SUB_HASHES_BYTES) {
            throw new WireException("shortened hashes of another number of blocks");
        }
        return new Wanted(volume, bits, older, subHashes);
    }

    private static Patch patch(WireReader in) throws WireException {
        int volume = in.u16();
        long index = in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES);
        byte[] hash = in.raw(HASH_BYTES);
        int subBlocks = in.u16();
        Encoding encoding = in.oneOf(Encoding.values());
        int rawBytes = in.u32();
        byte[] content = in.blob(Limits.BLOCK_BYTES);
        int most = Integer.bitCount(subBlocks) * Limits.SUB_BLOCK_BYTES;
        if (rawBytes < 1 || rawBytes > most || rawBytes <= most - Limits.SUB_BLOCK_BYTES) {
            throw new WireException("sub-blocks of " + rawBytes + " bytes");
        }
        if (encoding == Encoding.RAW && content.length != rawBytes) {
            throw new WireException("sub-blocks with " + content.length + " bytes");
        }
        return new Patch(volume, index, hash, subBlocks, encoding, rawBytes, content);
    }

    private static Pack pack(WireReader in) throws WireException {
        int volume = in.u16();
        List<Integer> lengths = in.list(Limits.PACK_BLOCKS, in::u32);
        byte[] hashes = in.raw(lengths.size() * HASH_BYTES);
        Encoding encoding = in.oneOf(Encoding.values());
        byte[] content = in.blob(Limits.PACK_BYTES);
        long rawBytes = 0;
        for (int length : lengths) {
            if (length < 1 || length > Limits.BLOCK_BYTES) {
                throw new WireException("content of " + length + " bytes in a pack");
            }
            rawBytes += length;
        }
        if (rawBytes < 1 || rawBytes > Limits.PACK_BYTES) {
            throw new WireException("pack of " + rawBytes + " bytes");
        }
        if (encoding == Encoding.RAW && content.length != rawBytes) {
            throw new WireException("pack of " + rawBytes + " bytes carries " + content.length);
        }
        return new Pack(volume, hashes, lengths, encoding, content);
    }

    private static Attachment attachment(WireReader in) throws WireException {
        String name = in.id(false);
        boolean last = in.flag();
        Encoding encoding = in.oneOf(Encoding.values());
        int rawBytes = in.u32();
        byte[] content = in.blob(Limits.PART_BYTES);
        if (rawBytes < 0 || rawBytes > Limits.PART_BYTES) {
            throw new WireException("part of a file of " + rawBytes + " bytes");
        }
        if (encoding == Encoding.RAW && content.length != rawBytes) {
            throw new WireException("part of " + rawBytes + " bytes carries " + content.length);
        }
        return new Attachment(name, last, encoding, rawBytes, content);
    }

    private static Bare bare(WireReader in) throws WireException {
        int volume = in.u16();
        long firstBlock = in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES);
        int checksum = in.u16() << 16 | in.u16();
        Encoding encoding = in.oneOf(Encoding.values());
        int rawBytes = in.u32();
        byte[] content = in.blob(Limits.PACK_BYTES);
        if (rawBytes < 1 || rawBytes > Limits.PACK_BYTES) {
            throw new WireException("row of blocks of " + rawBytes + " bytes");
        }
        if (encoding == Encoding.RAW && content.length != rawBytes) {
            throw new WireException(
                    "row of blocks of " + rawBytes + " bytes carries " + content.length);
        }
        return new Bare(volume, firstBlock, checksum, encoding, rawBytes, content);
    }

    private static Hashes hashes(WireReader in) throws WireException {
        int volume = in.u16();
        long firstBlock = in.i64(0, Limits.DISK_BYTES / Limits.BLOCK_BYTES);
        byte[] hashes = in.blob(Limits.BARE_HASHES_BYTES);
        if (hashes.length == 0 || hashes.length % HASH_BYTES != 0) {
            throw new WireException("hashes of " + hashes.length + " bytes");
        }
        return new Hashes(volume, firstBlock, hashes);
    }

    private static byte[] hash(byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("hash of " + hash.length + " bytes");
        }
        return hash;
    }
}
