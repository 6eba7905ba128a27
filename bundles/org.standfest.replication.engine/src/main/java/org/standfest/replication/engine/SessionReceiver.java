package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ManifestFormatException;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Receives one session into a store, on whichever side. Trusts nothing that arrives: numbers of
 * volumes, lengths, hashes are checked here or by the store. For one thread.
 */
final class SessionReceiver implements AutoCloseable {

    static final long WINDOW_BYTES = 16L << 20;
    private static final long ACKNOWLEDGE_EVERY_BYTES = 256L << 10;
    private static final int MOST_PATCHES_TO_REPEAT = 65_536;

    private final Channel channel;
    private final Message.SessionOpen open;
    private final SessionStore store;
    private final LongConsumer received;
    private final Cancellation cancellation;
    private final WorkTurns.Turns turns;
    private final BlockPacker.Unpacker unpacker = new BlockPacker.Unpacker();
    private final SubBlocks subBlocks = new SubBlocks();
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer older = ByteBuffer.allocate(Blocks.SIZE);
    private final SequencedMap<Place, Boolean> again = new LinkedHashMap<>();
    private final AttachedFiles attached = new AttachedFiles();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final CRC32C checksum = new CRC32C();
    private boolean bare;

    /** Whether hashes may wait to be sent. */
    private boolean untold;

    private long receivedBytes;
    private long acknowledgedBytes;
    private Outcome<SessionStore.Stored> result;

    /** Where a block belongs that could not be put together from sub-blocks. */
    private record Place(int volume, long index) {}

    /**
     * @param store not closed here
     * @param turns when this session may work
     * @param received takes the bytes of contents received so far, before the sender hears of them:
     *     whoever waits here slows the sender down
     */
    SessionReceiver(
            Channel channel,
            Message.SessionOpen open,
            SessionStore store,
            WorkTurns.Turns turns,
            LongConsumer received,
            Cancellation cancellation) {
        this.channel = channel;
        this.open = open;
        this.store = store;
        this.turns = turns;
        this.received = received;
        this.cancellation = cancellation;
        // Before the commit the sender is asked for what rotted, just like for what did not fit.
        store.damaged()
                .forEach(
                        (volume, indices) ->
                                indices.forEach(
                                        index -> again.put(new Place(volume, index), true)));
    }

    /** Receives until the commit or the end of the line. */
    Outcome<SessionStore.Stored> run() {
        Inbox inbox = null;
        try {
            Message.SessionReady ready = store.ready();
            bare = ready.bare();
            channel.send(ready);
            inbox = new Inbox(channel);
            while (result == null) {
                if (untold && !inbox.hasNext()) {
                    channel.flush();
                    untold = false;
                }
                Message next = inbox.next();
                turns.begin(cost(next));
                try {
                    handle(next);
                } finally {
                    turns.done();
                }
                if (cancellation.requested() && result == null) {
                    end(Outcome.failed(Faults.TEXTS.explain("engine.cancelled")));
                }
            }
            return result;
        } catch (ChannelException broken) {
            if (broken.reason() == ChannelException.Reason.PROTOCOL) {
                channel.refuse(broken.explanation());
            }
            return broken.toOutcome();
        } finally {
            if (inbox != null) {
                inbox.discard();
            }
        }
    }

    /** What a message costs in bytes of work. */
    private static long cost(Message message) {
        return switch (message) {
            case Message.Block block -> block.rawBytes();
            case Message.Patch _ -> Blocks.SIZE;
            case Message.Pack pack -> pack.rawBytes();
            case Message.Bare row -> row.rawBytes();
            case Message.Attachment part -> part.rawBytes();
            case Message.Offer offer -> offer.hashes().length;
            case Message.TreeChanges changes -> changes.changes().length;
            default -> 1;
        };
    }

    private void handle(Message message) throws ChannelException {
        switch (message) {
            case Message.ManifestRequest(int volume) -> sendManifest(volume(volume));
            case Message.Offer offer -> answer(offer);
            case Message.Block block -> block(block);
            case Message.Patch patch -> patch(patch);
            case Message.Pack pack -> pack(pack);
            case Message.Bare row -> bare(row);
            case Message.ZeroRange(int volume, long first, long blocks) ->
                    settle(store.zero(volume(volume), first, blocks));
            case Message.TreeChanges(int volume, boolean whole, byte[] changes) ->
                    changes(volume(volume), whole, changes);
            case Message.Attachment part -> attach(part);
            case Message.Commit(List<byte[]> roots, String group) -> commit(roots, group);
            case Message.Suspend _ ->
                    result =
                            Outcome.failed(
                                    Faults.TEXTS.explain("engine.suspended", open.systemId()));
            default ->
                    throw Faults.protocol(message.getClass().getSimpleName() + " within a session");
        }
    }

    private int volume(int number) throws ChannelException {
        if (number >= open.volumes().size()) {
            throw Faults.protocol("volume " + number);
        }
        return number;
    }

    private void settle(Outcome<Void> outcome) {
        if (!outcome.isDone()) {
            end(outcome.then(_ -> Outcome.failed(Faults.TEXTS.explain("engine.cancelled"))));
        }
    }

    /** Ends the session with a refusal to the sender. */
    private void end(Outcome<SessionStore.Stored> outcome) {
        result = outcome;
        Explanation why = outcome.problem().orElseThrow();
        channel.refuse(why);
    }

    private void sendManifest(int volume) throws ChannelException {
        try (OutputStream parts =
                new BufferedOutputStream(new PartOutput(channel, volume), Limits.PART_BYTES)) {
            store.writeManifest(volume, parts);
        } catch (ChannelException broken) {
            throw broken;
        } catch (IOException unreadable) {
            end(
                    Outcome.failed(
                            Faults.TEXTS.explain("engine.manifest-unreadable", open.systemId()),
                            unreadable));
        }
    }

    private void answer(Message.Offer offer) throws ChannelException {
        List<BlockHash> hashes = hashes(offer);
        Outcome<BitSet> lacking = store.lacking(volume(offer.volume()), offer.indices(), hashes);
        if (lacking instanceof Outcome.Done<BitSet>(BitSet bits)) {
            byte[] exact =
                    Arrays.copyOf(bits.toByteArray(), (hashes.size() + Byte.SIZE - 1) / Byte.SIZE);
            channel.send(wanted(offer, bits, exact));
        } else {
            end(lacking.then(_ -> Outcome.failed(Faults.TEXTS.explain("engine.cancelled"))));
        }
    }

    /** Apart, so that the loop is compiled alone and not with all that an answer is made of. */
    private static List<BlockHash> hashes(Message.Offer offer) {
        List<BlockHash> hashes = new ArrayList<>(offer.indices().size());
        for (int i = 0; i < offer.indices().size(); i++) {
            hashes.add(BlockHash.at(offer.hashes(), i * BlockHash.BYTES));
        }
        return hashes;
    }

    /** The answer to an offer; of lacked blocks with an older content, what that looks like. */
    private Message.Wanted wanted(Message.Offer offer, BitSet bits, byte[] exact) {
        byte[] olders = new byte[exact.length];
        byte[] subHashes = new byte[bits.cardinality() * Limits.SUB_HASHES_BYTES];
        int size = 0;
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            if (store.older(offer.volume(), offer.indices().get(i), older)) {
                olders[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
                subBlocks.hashes(older, subHashes, size);
                size += Limits.SUB_HASHES_BYTES;
            }
        }
        return new Message.Wanted(offer.volume(), exact, olders, Arrays.copyOf(subHashes, size));
    }

    private void block(Message.Block block) throws ChannelException {
        byte[] content = unpacker.unpack(block.encoding(), block.content(), block.rawBytes());
        if (content == null) {
            throw Faults.protocol("a block that does not unpack");
        }
        BlockHash hash = BlockHash.at(block.hash(), 0);
        settle(store.block(volume(block.volume()), block.index(), hash, ByteBuffer.wrap(content)));
        if (!again.isEmpty()) {
            again.remove(new Place(block.volume(), block.index()));
        }
        dealtWith(block.content().length);
    }

    /** The checksum shows what went wrong between two programs; TLS guards the line itself. */
    private void bare(Message.Bare row) throws ChannelException {
        if (!bare || open.volumes().get(volume(row.volume())).kind() != VolumeKind.DISK) {
            throw Faults.protocol("blocks without hashes");
        }
        byte[] content = unpacker.unpack(row.encoding(), row.content(), row.rawBytes());
        if (content == null) {
            throw Faults.protocol("a row of blocks that does not unpack");
        }
        checksum.reset();
        checksum.update(content);
        if ((int) checksum.getValue() != row.checksum()) {
            throw Faults.protocol("a row of blocks that changed on its way");
        }
        Outcome<List<BlockHash>> put =
                store.row(row.volume(), row.firstBlock(), ByteBuffer.wrap(content));
        if (put instanceof Outcome.Done<List<BlockHash>>(List<BlockHash> hashes)) {
            channel.enqueue(new Message.Hashes(row.volume(), row.firstBlock(), inRow(hashes)));
            untold = true;
            dealtWith(row.content().length);
        } else {
            settle(put.map(_ -> null));
        }
    }

    private static byte[] inRow(List<BlockHash> hashes) {
        byte[] row = new byte[hashes.size() * BlockHash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            hashes.get(i).put(row, i * BlockHash.BYTES);
        }
        return row;
    }

    private void pack(Message.Pack pack) throws ChannelException {
        if (open.volumes().get(volume(pack.volume())).kind() != VolumeKind.TREE) {
            throw Faults.protocol("contents of a tree for a disk");
        }
        byte[] contents = unpacker.unpack(pack.encoding(), pack.content(), pack.rawBytes());
        if (contents == null) {
            throw Faults.protocol("a pack that does not unpack");
        }
        int at = 0;
        for (int i = 0; i < pack.lengths().size() && result == null; i++) {
            int length = pack.lengths().get(i);
            BlockHash hash = BlockHash.at(pack.hashes(), i * BlockHash.BYTES);
            ByteBuffer content = ByteBuffer.wrap(contents, at, length).slice();
            settle(store.block(pack.volume(), 0, hash, content));
            at += length;
        }
        dealtWith(pack.content().length);
    }

    /** Puts a block together; if it does not become what it should, the whole one is asked for. */
    private void patch(Message.Patch patch) throws ChannelException {
        byte[] parts = unpacker.unpack(patch.encoding(), patch.content(), patch.rawBytes());
        if (parts == null) {
            throw Faults.protocol("sub-blocks that do not unpack");
        }
        BlockHash hash = BlockHash.at(patch.hash(), 0);
        if (store.older(volume(patch.volume()), patch.index(), older)
                && SubBlocks.apply(older, patch.subBlocks(), parts)
                && hasher.hash(older).equals(hash)) {
            settle(store.block(patch.volume(), patch.index(), hash, older));
            again.remove(new Place(patch.volume(), patch.index()));
        } else {
            again.put(new Place(patch.volume(), patch.index()), true);
            if (again.size() > MOST_PATCHES_TO_REPEAT) {
                throw Faults.protocol("too many sub-blocks that fit nothing");
            }
        }
        dealtWith(patch.content().length);
    }

    private void dealtWith(int bytes) throws ChannelException {
        receivedBytes += bytes;
        if (result == null && receivedBytes - acknowledgedBytes >= ACKNOWLEDGE_EVERY_BYTES) {
            acknowledgedBytes = receivedBytes;
            received.accept(receivedBytes);
            channel.send(new Message.Acknowledged(receivedBytes));
        }
    }

    private void changes(int volume, boolean whole, byte[] changes) throws ChannelException {
        if (unfinished.size() + changes.length > Limits.CHANGE_BYTES + Limits.PART_BYTES) {
            throw Faults.protocol("a change of a tree that is too long");
        }
        unfinished.writeBytes(changes);
        if (!whole) {
            return;
        }
        DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(unfinished.toByteArray()));
        unfinished.reset();
        try {
            while (result == null && in.available() > 0) {
                settle(store.change(volume, change(in)));
            }
        } catch (IOException wrong) {
            throw Faults.protocol("a change of a tree: " + wrong.getMessage());
        }
    }

    private void attach(Message.Attachment part) throws ChannelException {
        byte[] content = unpacker.unpack(part.encoding(), part.content(), part.rawBytes());
        if (content == null) {
            throw Faults.protocol("a part of a file that does not unpack");
        }
        Optional<ByteBuffer> whole = attached.add(part, content);
        if (whole.isPresent()) {
            settle(store.attachment(part.name(), whole.get()));
        }
        dealtWith(part.content().length);
    }

    private static TreeChange change(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case 1 -> new TreeChange.Put(TreeEntryCodec.read(in));
            case 2 -> new TreeChange.Removed(TreeEntryCodec.readPath(in));
            default -> throw new ManifestFormatException("change of kind " + kind);
        };
    }

    private void commit(List<byte[]> roots, String group) throws ChannelException {
        if (roots.size() != open.volumes().size() || unfinished.size() > 0 || attached.waiting()) {
            throw Faults.protocol("a commit of other volumes");
        }
        if (!again.isEmpty()) {
            int volume = again.firstEntry().getKey().volume();
            List<Long> indices =
                    again.keySet().stream()
                            .filter(place -> place.volume() == volume)
                            .map(Place::index)
                            .limit(Limits.AGAIN_BLOCKS)
                            .toList();
            channel.send(new Message.Again(volume, indices));
            if (open.volumes().get(volume).kind() == VolumeKind.TREE) {
                // The source may not have it any more: asked once, and what comes is taken.
                indices.forEach(index -> again.remove(new Place(volume, index)));
            }
            return;
        }
        Outcome<SessionStore.Stored> stored =
                store.commit(roots.stream().map(root -> BlockHash.at(root, 0)).toList(), group);
        if (stored instanceof Outcome.Done<SessionStore.Stored>(SessionStore.Stored state)) {
            received.accept(receivedBytes);
            result = stored;
            channel.send(new Message.Committed(state.token(), state.prepared(), state.facts()));
        } else {
            end(stored);
        }
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
