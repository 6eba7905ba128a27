package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.DiskManifestCodec;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreeManifestCodec;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The sender's conversation with a receiver: offers hashes in batches, some ahead, and sends the
 * blocks that are wanted within the window. For one thread.
 */
final class Exchange implements AutoCloseable {

    /**
     * Batches under way before the first one's answer is waited for: hides a round trip of the
     * line.
     */
    private static final int BATCHES_AHEAD = 4;

    private static final long LEAST_DISK_LIMIT_BYTES = 64L << 30;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Channel channel;
    private final Inbox inbox;
    private final long windowBytes;
    private final BlockPacker packer;
    private final SessionCounts counts;
    private final Deque<Batch> offered = new ArrayDeque<>();
    private long sentBytes;

    private record Batch(int volume, List<FoundBlock> blocks, FoundBlock.Rereader rereader) {}

    Exchange(Channel channel, long windowBytes, BlockPacker packer, SessionCounts counts) {
        this.channel = channel;
        this.windowBytes = windowBytes;
        this.packer = packer;
        this.counts = counts;
        this.inbox = new Inbox(channel);
    }

    void zero(int volume, long firstBlock, long blocks) throws ChannelException {
        channel.enqueue(new Message.ZeroRange(volume, firstBlock, blocks));
    }

    void change(Message.TreeChanges changes) throws ChannelException {
        channel.enqueue(changes);
    }

    /** Offers some blocks; sends those of earlier batches whose answer is due. */
    void offer(int volume, List<FoundBlock> blocks, FoundBlock.Rereader rereader)
            throws ChannelException, SourceFault {
        if (blocks.isEmpty()) {
            return;
        }
        List<Long> indices = new ArrayList<>(blocks.size());
        byte[] hashes = new byte[blocks.size() * BlockHash.BYTES];
        for (int i = 0; i < blocks.size(); i++) {
            indices.add(blocks.get(i).index());
            blocks.get(i).hash().put(hashes, i * BlockHash.BYTES);
        }
        channel.send(new Message.Offer(volume, indices, hashes));
        offered.addLast(new Batch(volume, List.copyOf(blocks), rereader));
        while (offered.size() >= BATCHES_AHEAD || !offered.isEmpty() && inbox.hasNext()) {
            settleOldest();
        }
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
        for (int i = 0; i < batch.blocks().size(); i++) {
            if ((wanted.bits()[i / 8] >>> i % 8 & 1) == 1) {
                FoundBlock found = batch.blocks().get(i);
                send(
                        batch.volume(),
                        found.content() == null ? batch.rereader().reread(found) : found);
            }
        }
        channel.flush();
    }

    private void send(int volume, FoundBlock found) throws ChannelException {
        if (found.hash().isZero()) {
            channel.enqueue(new Message.ZeroRange(volume, found.index(), 1));
            return;
        }
        Message.Block block =
                packer.pack(volume, found.index(), found.hash().toBytes(), found.content());
        long began = System.nanoTime();
        sentBytes += block.content().length;
        inbox.awaitRoom(sentBytes, windowBytes);
        channel.enqueue(block);
        packer.carried(block.content().length, System.nanoTime() - began);
        counts.blocksSent.increment();
    }

    /** The receiver's manifest of a disk; a much larger one than ours is not believed. */
    DiskManifest fetchDisk(int volume, long ownSizeBytes) throws ChannelException {
        long limit =
                Math.max(LEAST_DISK_LIMIT_BYTES, 4 * Math.min(ownSizeBytes, Blocks.MAX_SIZE_BYTES));
        return fetch(volume, in -> DiskManifestCodec.read(in, limit));
    }

    /** The receiver's manifest of a tree. */
    TreeManifest fetchTree(int volume) throws ChannelException {
        return fetch(volume, TreeManifestCodec::read);
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

    /** Asks for the commit and waits for it, however long the receiver needs. */
    Message.Committed commit(List<byte[]> roots) throws ChannelException {
        channel.send(new Message.Commit(roots));
        if (inbox.next() instanceof Message.Committed committed) {
            return committed;
        }
        throw Faults.protocol("no answer to a commit");
    }

    ChannelException lastWords(ChannelException fault) {
        return inbox.lastWords(fault, LAST_WORDS);
    }

    @Override
    public void close() {
        channel.close();
        inbox.join();
    }
}
