package org.standfest.replication.engine;

import org.standfest.replication.engine.SessionMemory.DiskMemory;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.transport.ChannelException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.LongConsumer;

/** Sends what differs of one disk. For one thread. */
final class DiskSending {

    private static final int BATCH_BLOCKS = 64;

    private final int volume;
    private final String name;
    private final DiskView view;
    private final DiskManifest basis;
    private final boolean trustTracking;
    private final DiskMemory memory;
    private final SessionCounts counts;
    private final Cancellation cancellation;
    private final DiskManifest.Editor editor;
    private final List<FoundBlock> batch = new ArrayList<>();
    private final boolean sameSize;
    private boolean tracked;
    private long zeroFirst = -1;
    private long zeroCount;

    DiskSending(
            int volume,
            String name,
            DiskView view,
            DiskManifest basis,
            boolean trustTracking,
            SessionMemory session,
            Cancellation cancellation) {
        this.volume = volume;
        this.name = name;
        this.view = view;
        this.basis = basis;
        this.trustTracking = trustTracking;
        this.memory = session.disk(name);
        this.counts = session.counts;
        this.cancellation = cancellation;
        this.editor = basis.edit(view.sizeBytes());
        this.sameSize = basis.sizeBytes() == view.sizeBytes();
    }

    /** Whether the provider's change tracking was used. */
    boolean tracked() {
        return tracked;
    }

    /**
     * Sends everything that differs, first again what was found on an earlier connection.
     *
     * @param progress takes the number of bytes examined
     * @return the manifest of the disk
     */
    DiskManifest send(Exchange exchange, ExecutorService threads, int ahead, LongConsumer progress)
            throws ChannelException, SourceFault {
        DiskScan scan = new DiskScan(view, basis, threads, ahead);
        FoundBlock.Rereader rereader = found -> reread(scan, found);
        try {
            List<DiskScan.Segment> segments = segments();
            replay(exchange, rereader);
            scan.run(
                    segments,
                    memory.nextSegment,
                    (number, examined, found) -> {
                        // Remembered before it is sent: when sending breaks, it is replayed.
                        found.forEach(this::remember);
                        memory.nextSegment = number + 1;
                        for (FoundBlock block : found) {
                            pass(block, exchange, rereader);
                        }
                        counts.blocksExamined.add(examined);
                        progress.accept(examined * Blocks.SIZE);
                        if (cancellation.requested()) {
                            throw Faults.cancelled();
                        }
                    });
            flushZeros(exchange);
            exchange.offer(volume, batch, rereader);
            batch.clear();
            exchange.settle();
            return editor.build();
        } catch (ChannelException broken) {
            throw broken;
        } catch (IOException unreadable) {
            throw Faults.unreadable(name, unreadable);
        }
    }

    private List<DiskScan.Segment> segments() throws IOException {
        if (trustTracking
                && sameSize
                && view.changes() instanceof Changes.Tracked(List<ByteRange> ranges)) {
            tracked = true;
            return DiskScan.segments(ranges, view.sizeBytes(), false);
        }
        return DiskScan.segments(view.allocated(), view.sizeBytes(), true);
    }

    private void remember(FoundBlock block) {
        memory.changed.add(block.index(), block.hash());
        counts.blocksChanged.increment();
        counts.bytesChanged.add(Blocks.length(block.index(), view.sizeBytes()));
    }

    private void replay(Exchange exchange, FoundBlock.Rereader rereader)
            throws ChannelException, SourceFault {
        int known = memory.changed.size();
        for (int place = 0; place < known; place++) {
            pass(
                    new FoundBlock(memory.changed.index(place), memory.changed.hash(place), null),
                    exchange,
                    rereader);
        }
    }

    private void pass(FoundBlock block, Exchange exchange, FoundBlock.Rereader rereader)
            throws ChannelException, SourceFault {
        editor.set(block.index(), block.hash());
        if (!block.hash().isZero()) {
            batch.add(block);
            if (batch.size() == BATCH_BLOCKS) {
                exchange.offer(volume, batch, rereader);
                batch.clear();
            }
        } else if (zeroCount > 0 && zeroFirst + zeroCount == block.index()) {
            zeroCount++;
        } else {
            flushZeros(exchange);
            zeroFirst = block.index();
            zeroCount = 1;
        }
    }

    private void flushZeros(Exchange exchange) throws ChannelException {
        if (zeroCount > 0) {
            exchange.zero(volume, zeroFirst, zeroCount);
        }
        zeroCount = 0;
    }

    /** A source that is not frozen may show other bytes by now: then these count. */
    private FoundBlock reread(DiskScan scan, FoundBlock found) throws SourceFault {
        try {
            FoundBlock again = scan.reread(found.index());
            BlockHash now = again.hash();
            if (!now.equals(found.hash())) {
                editor.set(found.index(), now);
                memory.changed.add(found.index(), now);
            }
            return again;
        } catch (IOException unreadable) {
            throw Faults.unreadable(name, unreadable);
        }
    }
}
