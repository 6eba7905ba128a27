package org.standfest.replication.engine;

import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.TreeChange;
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
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Sends what differs of one tree: first the content that the receiver lacks, then the changed
 * entries. For one thread.
 */
final class TreeSending {

    private static final int BATCH_BLOCKS = 512;
    private static final int BATCH_BYTES = 4 << 20;

    private final int volume;
    private final TreeScan scan;
    private final TreeManifest basis;
    private final SessionCounts counts;
    private final List<FoundBlock> batch = new ArrayList<>();
    private int batchBytes;
    private TreeIndex index;

    TreeSending(
            int volume,
            VolumeSource source,
            TreeFiles tree,
            TreeManifest basis,
            TreeIndex known,
            SessionCounts counts,
            Cancellation cancellation,
            Instant takenAt) {
        this.volume = volume;
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
                        takenAt);
    }

    TreeManifest send(Exchange exchange, LongConsumer progress)
            throws ChannelException, SourceFault, IOException {
        TreeManifest manifest = scan.run(block -> content(block, exchange), progress);
        offer(exchange);
        exchange.settle();
        index = scan.index();
        List<TreeChange> changes = manifest.changesSince(basis);
        counts.entriesChanged.add(changes.size());
        send(changes, exchange);
        return manifest;
    }

    /** By what the entries are recognised next time; after {@link #send}. */
    TreeIndex index() {
        return index;
    }

    private void content(FoundBlock block, Exchange exchange) throws ChannelException, SourceFault {
        batch.add(block);
        batchBytes += block.content().length;
        if (batch.size() == BATCH_BLOCKS || batchBytes >= BATCH_BYTES) {
            offer(exchange);
        }
    }

    private void offer(Exchange exchange) throws ChannelException, SourceFault {
        exchange.offer(volume, batch, found -> found);
        batch.clear();
        batchBytes = 0;
    }

    private void send(List<TreeChange> changes, Exchange exchange)
            throws ChannelException, SourceFault, IOException {
        ByteArrayOutputStream part = new ByteArrayOutputStream(Limits.PART_BYTES);
        for (TreeChange change : changes) {
            byte[] bytes = encode(change);
            if (part.size() + bytes.length > Limits.PART_BYTES && part.size() > 0) {
                exchange.change(new Message.TreeChanges(volume, true, part.toByteArray()));
                part.reset();
            }
            int at = 0;
            while (bytes.length - at > Limits.PART_BYTES) {
                byte[] piece = Arrays.copyOfRange(bytes, at, at + Limits.PART_BYTES);
                exchange.change(new Message.TreeChanges(volume, false, piece));
                at += Limits.PART_BYTES;
            }
            part.write(bytes, at, bytes.length - at);
        }
        if (part.size() > 0) {
            exchange.change(new Message.TreeChanges(volume, true, part.toByteArray()));
        }
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
