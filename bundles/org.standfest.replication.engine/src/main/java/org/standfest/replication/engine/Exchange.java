package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.DiskManifestCodec;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreeManifestCodec;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The sender's conversation with a receiver: offers hashes in batches, some ahead, and sends the
 * blocks that are wanted within the window. For one thread, but for {@link #abandon}.
 */
final class Exchange implements AutoCloseable {

    /**
     * Batches under way before the first one's answer is waited for: hides a round trip of the
     * line.
     */
    private static final int BATCHES_AHEAD = 4;

    /** Blocks that one thread packs at a time. */
    private static final int PACKED_AT_ONCE = 8;

    private static final long LEAST_DISK_LIMIT_BYTES = 64L << 30;

    private final Channel channel;
    private final Inbox inbox;
    private final Packing packing;
    private final Compression compression;
    private final LineShares.Share share;
    private final SenderTools tools;
    private final SessionCounts counts;
    private final Cancellation cancellation;
    private final Deque<Batch> offered = new ArrayDeque<>();
    private long sentBytes;
    private long patches = Limits.DAMAGED_BLOCKS;
    private volatile boolean abandoned;

    /**
     * @param rereader {@code null}: contents of a tree, which travel together
     */
    private record Batch(int volume, List<FoundBlock> blocks, FoundBlock.Rereader rereader) {}

    Exchange(
            Channel channel,
            long windowBytes,
            Packing packing,
            Compression compression,
            LineShares.Share share,
            SenderTools tools,
            SessionCounts counts,
            Cancellation cancellation) {
        this.cancellation = cancellation;
        this.channel = channel;
        this.packing = packing;
        this.compression = compression;
        this.share = share;
        this.tools = tools;
        this.counts = counts;
        this.inbox = new Inbox(channel, windowBytes, tools.nanos());
    }

    void zero(int volume, long firstBlock, long blocks) throws ChannelException {
        channel.enqueue(new Message.ZeroRange(volume, firstBlock, blocks));
    }

    void change(Message.TreeChanges changes) throws ChannelException, SourceFault {
        awaitShare(changes.changes().length);
        channel.enqueue(changes);
    }

    /**
     * In an hour without a line this can last: whoever cancels or abandons, or a line that breaks,
     * ends it.
     */
    private void awaitShare(long bytes) throws SourceFault {
        if (!share.await(bytes, () -> over() || channel.closed()) && over()) {
            throw Faults.cancelled();
        }
    }

    private boolean over() {
        return abandoned || cancellation.requested();
    }

    /**
     * Nothing more will come: whoever waits for the line on another thread need not wait. Safe for
     * any thread.
     */
    void abandon() {
        abandoned = true;
    }

    /** Offers some blocks; sends those of earlier batches whose answer is due. */
    void offer(int volume, List<FoundBlock> blocks, FoundBlock.Rereader rereader)
            throws ChannelException, SourceFault {
        if (blocks.isEmpty()) {
            return;
        }
        channel.send(offer(volume, blocks));
        offered.addLast(new Batch(volume, List.copyOf(blocks), rereader));
        while (offered.size() >= BATCHES_AHEAD || !offered.isEmpty() && inbox.hasNext()) {
            settleOldest();
        }
    }

    /** Apart, so that the loop is compiled alone and not with all that sending is made of. */
    private static Message.Offer offer(int volume, List<FoundBlock> blocks) {
        List<Long> indices = new ArrayList<>(blocks.size());
        byte[] hashes = new byte[blocks.size() * BlockHash.BYTES];
        for (int i = 0; i < blocks.size(); i++) {
            indices.add(blocks.get(i).index());
            blocks.get(i).hash().put(hashes, i * BlockHash.BYTES);
        }
        return new Message.Offer(volume, indices, hashes);
    }

    /** Offers contents of a tree, none of them zeros; those that are wanted travel together. */
    void offerTogether(int volume, List<FoundBlock> contents) throws ChannelException, SourceFault {
        offer(volume, contents, null);
    }

    /** Sends contents of a tree that nobody has to be asked about, none of them zeros. */
    void bring(int volume, List<FoundBlock> contents) throws ChannelException, SourceFault {
        for (Future<List<Message>> packed :
                packing.together(volume, contents, compression::level)) {
            for (Message message : result(packed)) {
                send(message);
            }
        }
    }

    /** Starts to bring a row into the form that travels. */
    Future<Message> pack(int volume, BareRow row) {
        return packing.bare(volume, row, compression.level(row.content().length));
    }

    /** Sends a row of blocks as soon as it is ready. */
    void sendBare(Future<Message> row, int blocks) throws ChannelException, SourceFault {
        send(result(row));
        counts.blocksSent.add(blocks - 1L);
    }

    /** Whether an answer is there. */
    boolean answered() {
        return inbox.hasNext();
    }

    /** Waits for the next answer. */
    Message answer() throws ChannelException {
        return inbox.next();
    }

    void flush() throws ChannelException {
        channel.flush();
    }

    /** Sends what is wanted of all batches. */
    void settle() throws ChannelException, SourceFault {
        while (!offered.isEmpty()) {
            settleOldest();
        }
        channel.flush();
    }

    private void settleOldest() throws ChannelException, SourceFault {
        Batch batch = offered.removeFirst();
        if (!(inbox.next() instanceof Message.Wanted wanted)
                || wanted.volume() != batch.volume()
                || wanted.bits().length != (batch.blocks().size() + 7) / 8) {
            throw Faults.protocol("an answer that fits no offer");
        }
        if (batch.rereader() == null) {
            bring(batch.volume(), lacked(batch, wanted));
            channel.flush();
            return;
        }
        List<Packing.Job> jobs = jobs(batch, wanted);
        for (Future<List<Message>> packed : packing.start(jobs, PACKED_AT_ONCE)) {
            for (Message message : result(packed)) {
                send(message);
            }
        }
        channel.flush();
    }

    private static List<FoundBlock> lacked(Batch batch, Message.Wanted wanted) {
        List<FoundBlock> lacked = new ArrayList<>();
        for (int i = 0; i < batch.blocks().size(); i++) {
            if (bit(wanted.bits(), i)) {
                lacked.add(batch.blocks().get(i));
            }
        }
        return lacked;
    }

    private List<Packing.Job> jobs(Batch batch, Message.Wanted wanted) throws SourceFault {
        List<Packing.Job> jobs = new ArrayList<>();
        int olders = 0;
        for (int i = 0; i < batch.blocks().size(); i++) {
            boolean older = bit(wanted.older(), i);
            if (bit(wanted.bits(), i)) {
                FoundBlock found = batch.blocks().get(i);
                FoundBlock full = found.content() == null ? batch.rereader().reread(found) : found;
                jobs.add(
                        new Packing.Job(
                                batch.volume(),
                                full,
                                compression.level(
                                        full.content() == null ? 0 : full.content().length),
                                older ? wanted.subHashes() : null,
                                olders * Limits.SUB_HASHES_BYTES));
            }
            olders += older ? 1 : 0;
        }
        return jobs;
    }

    private static boolean bit(byte[] bits, int place) {
        return (bits[place / 8] >>> place % 8 & 1) == 1;
    }

    private <T> T result(Future<T> packed) {
        long began = tools.nanos().getAsLong();
        try {
            return packed.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        } finally {
            compression.packed(tools.nanos().getAsLong() - began);
        }
    }

    /** Sends a block as a whole that had travelled as sub-blocks or rotted; more is a fault. */
    void resend(int volume, FoundBlock found) throws ChannelException, SourceFault {
        patches--;
        if (patches < 0) {
            throw Faults.protocol(
                    "more blocks wanted again than can be damaged or were sent as sub-blocks");
        }
        int level = compression.level(found.content() == null ? 0 : found.content().length);
        for (Future<List<Message>> packed :
                packing.start(List.of(new Packing.Job(volume, found, level, null, 0)), 1)) {
            for (Message message : result(packed)) {
                send(message);
            }
        }
    }

    /** Sends a small file that travels with the state, in parts. */
    void attach(String name, byte[] file) throws ChannelException, SourceFault {
        try (BlockPacker packer = new BlockPacker()) {
            int at = 0;
            do {
                int end = Math.min(at + Limits.PART_BYTES, file.length);
                byte[] part = Arrays.copyOfRange(file, at, end);
                BlockPacker.Packed packed =
                        packer.pack(part, part.length, compression.level(part.length));
                send(
                        new Message.Attachment(
                                name,
                                end == file.length,
                                packed.encoding(),
                                part.length,
                                packed.content()));
                at = end;
            } while (at < file.length);
        }
    }

    private void send(Message message) throws ChannelException, SourceFault {
        int bytes =
                switch (message) {
                    case Message.Block block -> block.content().length;
                    case Message.Patch patch -> patch.content().length;
                    case Message.Pack pack -> pack.content().length;
                    case Message.Bare bare -> bare.content().length;
                    case Message.Attachment part -> part.content().length;
                    default -> 0;
                };
        if (bytes == 0) {
            channel.enqueue(message);
            return;
        }
        awaitShare(bytes);
        long began = tools.nanos().getAsLong();
        sentBytes += bytes;
        inbox.awaitRoom(sentBytes);
        channel.enqueue(message);
        compression.carried(bytes, tools.nanos().getAsLong() - began);
        if (!(message instanceof Message.Attachment)) {
            counts.blocksSent.add(message instanceof Message.Pack pack ? pack.lengths().size() : 1);
        }
        if (message instanceof Message.Patch) {
            patches++;
            counts.blocksPatched.increment();
        }
    }

    /** The receiver's manifest of a disk; a much larger one than ours is not believed. */
    DiskManifest fetchDisk(int volume, long ownSizeBytes) throws ChannelException {
        long limit =
                Math.max(LEAST_DISK_LIMIT_BYTES, 4 * Math.min(ownSizeBytes, Blocks.MAX_SIZE_BYTES));
        return fetch(volume, in -> DiskManifestCodec.read(in, limit));
    }

    /** The receiver's manifest of a tree. */
    TreeManifest fetchTree(int volume, Overflow overflow) throws ChannelException {
        return fetch(volume, in -> TreeManifestCodec.read(in, overflow));
    }

    private <T> T fetch(int volume, ManifestReader<T> reader) throws ChannelException {
        channel.send(new Message.ManifestRequest(volume));
        try (PartStream parts = new PartStream(volume, inbox::next)) {
            T manifest = reader.read(parts);
            parts.skipRest();
            return manifest;
        } catch (ChannelException broken) {
            throw broken;
        } catch (IOException damaged) {
            throw Faults.protocol("a damaged manifest: " + damaged.getMessage());
        }
    }

    @FunctionalInterface
    private interface ManifestReader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * Asks for the commit and waits for the answer, however long the receiver needs: {@link
     * Message.Committed}, or {@link Message.Again}.
     */
    Message commit(List<byte[]> roots, String group) throws ChannelException {
        channel.send(new Message.Commit(roots, group));
        Message answer = inbox.next();
        if (answer instanceof Message.Committed || answer instanceof Message.Again) {
            return answer;
        }
        throw Faults.protocol("no answer to a commit");
    }

    ChannelException lastWords(ChannelException fault) {
        return inbox.lastWords(fault, tools.patience());
    }

    @Override
    public void close() {
        inbox.discard();
        channel.close();
        inbox.join(tools.patience());
    }
}
