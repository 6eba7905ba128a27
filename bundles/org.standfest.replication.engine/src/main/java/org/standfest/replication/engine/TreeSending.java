package org.standfest.replication.engine;

import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.Overflow;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.ChannelException;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Sends what differs of one tree: first the content that the receiver lacks, then the changed
 * entries; in a first copy both together, entries first. What was found travels while the next is
 * looked for. For one thread.
 */
final class TreeSending {

    private static final int BATCH_BLOCKS = 512;

    /** Some batches are under way, one travels and one waits: together they fit into a window. */
    private static final int BATCH_BYTES = 2 << 20;

    private final int volume;
    private final TreeScan scan;
    private final TreeManifest basis;
    private final SessionCounts counts;
    private final List<FoundBlock> batch = new ArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(Limits.PART_BYTES);
    private final boolean unasked;
    private final SentHashes sent = new SentHashes();
    private Exchange exchange;
    private TreeLine line;
    private int batchBytes;
    private TreeIndex index;

    /**
     * @param unasked whether the receiver has nothing at all, so that it need not be asked
     * @param overflow where the manifest of a large tree goes
     */
    TreeSending(
            int volume,
            VolumeSource source,
            TreeFiles tree,
            TreeManifest basis,
            TreeIndex known,
            SessionCounts counts,
            Cancellation cancellation,
            Instant takenAt,
            boolean unasked,
            Overflow overflow) {
        this.volume = volume;
        this.unasked = unasked;
        this.basis = basis;
        this.counts = counts;
        this.scan =
                new TreeScan(
                        source.name(),
                        tree,
                        basis,
                        known,
                        Excludes.of(source.options().getOrDefault(VolumeSource.EXCLUDE, "")),
                        VolumeSource.CROSS_MOUNTS.equals(source.options().get(VolumeSource.MOUNTS)),
                        counts,
                        cancellation,
                        takenAt,
                        overflow);
    }

    TreeManifest send(Exchange target, LongConsumer progress)
            throws ChannelException, SourceFault, IOException {
        exchange = target;
        try (TreeLine opened = new TreeLine()) {
            line = opened;
            return sendOrAbandon(progress);
        }
    }

    /** What the source met is told at once, however long the line would have to be waited for. */
    private TreeManifest sendOrAbandon(LongConsumer progress)
            throws ChannelException, SourceFault, IOException {
        boolean done = false;
        try {
            TreeManifest manifest = send(progress);
            done = true;
            return manifest;
        } finally {
            if (!done) {
                exchange.abandon();
            }
        }
    }

    private TreeManifest send(LongConsumer progress)
            throws ChannelException, SourceFault, IOException {
        boolean firstCopy = basis.size() == 0;
        TreeManifest manifest =
                scan.run(
                        new TreeScan.Taker() {
                            @Override
                            public void block(FoundBlock block)
                                    throws ChannelException, SourceFault {
                                content(block);
                            }

                            @Override
                            public void entry(TreeEntry entry)
                                    throws ChannelException, SourceFault, IOException {
                                if (firstCopy) {
                                    first(entry);
                                }
                            }
                        },
                        progress);
        flush();
        line.hand(exchange::settle);
        index = scan.index();
        if (!firstCopy) {
            sendChanges(manifest);
        }
        line.settle();
        return manifest;
    }

    /** By what the entries are recognised next time; after {@link #send}. */
    TreeIndex index() {
        return index;
    }

    private void content(FoundBlock block) throws ChannelException, SourceFault {
        batch.add(block);
        batchBytes += block.content().length;
        if (batch.size() == Limits.OFFER_BLOCKS || batchBytes >= 2 * BATCH_BYTES) {
            flush();
        }
    }

    /**
     * An entry of a first copy goes before the contents of its batch: the receiver writes them to
     * their place at once.
     */
    private void first(TreeEntry entry) throws ChannelException, SourceFault, IOException {
        counts.entriesChanged.increment();
        add(new TreeChange.Put(entry));
        if (batch.size() >= BATCH_BLOCKS || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /**
     * Sends the entries so far, then the contents so far. Where the receiver begins with nothing,
     * small contents go without a question; whole blocks could lie in other systems' disks, and
     * what went before has not to go again.
     */
    private void flush() throws ChannelException, SourceFault {
        sendPart();
        List<FoundBlock> toOffer = new ArrayList<>();
        List<FoundBlock> toBring = new ArrayList<>();
        for (FoundBlock found : batch) {
            boolean small = unasked && found.content().length < Blocks.SIZE;
            (small && sent.add(found.hash()) ? toBring : toOffer).add(found);
        }
        line.hand(
                () -> {
                    exchange.bring(volume, toBring);
                    exchange.offerTogether(volume, toOffer);
                });
        batch.clear();
        batchBytes = 0;
    }

    private void sendChanges(TreeManifest manifest)
            throws ChannelException, SourceFault, IOException {
        for (Iterator<TreeChange> changes = manifest.changes(basis); changes.hasNext(); ) {
            add(changes.next());
            counts.entriesChanged.increment();
        }
        sendPart();
    }

    private void add(TreeChange change) throws ChannelException, SourceFault, IOException {
        byte[] bytes = encode(change);
        if (part.size() + bytes.length > Limits.PART_BYTES) {
            sendPart();
        }
        int at = 0;
        while (bytes.length - at > Limits.PART_BYTES) {
            byte[] piece = Arrays.copyOfRange(bytes, at, at + Limits.PART_BYTES);
            change(new Message.TreeChanges(volume, false, piece));
            at += Limits.PART_BYTES;
        }
        part.write(bytes, at, bytes.length - at);
    }

    private void sendPart() throws ChannelException, SourceFault {
        if (part.size() > 0) {
            change(new Message.TreeChanges(volume, true, part.toByteArray()));
            part.reset();
        }
    }

    private void change(Message.TreeChanges changes) throws ChannelException, SourceFault {
        line.hand(() -> exchange.change(changes));
    }

    private static byte[] encode(TreeChange change) throws SourceFault, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        switch (change) {
            case TreeChange.Put(var entry) -> {
                out.writeByte(1);
                TreeEntryCodec.write(entry, out);
            }
            case TreeChange.Removed(var path) -> {
                out.writeByte(2);
                TreeEntryCodec.writePath(path, out);
            }
        }
        if (bytes.size() > Limits.CHANGE_BYTES) {
            throw new SourceFault(
                    Faults.TEXTS.explain("engine.file-too-large", change.path().toString()), null);
        }
        return bytes.toByteArray();
    }
}
