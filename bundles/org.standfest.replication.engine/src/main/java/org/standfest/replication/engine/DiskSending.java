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

    private static final int BATCH_BLOCKS = 32;

    private final int volume;
    private final String name;
    private final DiskView view;
    private final DiskManifest basis;
    private final boolean trustTracking;
    private final DiskMemory memory;
    private final SessionCounts counts;
    private final Cancellation cancellation;
    private final DiskManifest.Editor editor;
    private final DiskPrints known;
    private final List<FoundBlock> batch = new ArrayList<>();
    private final boolean sameSize;
    private final boolean bare;
    private boolean tracked;
    private FoundBlock.Rereader again;
    private long zeroFirst = -1;
    private long zeroCount;

    /**
     * @param bare whether the receiver has nothing and wants blocks without their hashes
     */
    DiskSending(
            int volume,
            String name,
            DiskView view,
            DiskManifest basis,
            DiskPrints known,
            boolean trustTracking,
            boolean bare,
            SessionMemory session,
            Cancellation cancellation) {
        this.bare = bare;
        this.volume = volume;
        this.name = name;
        this.view = view;
        this.basis = basis;
        this.trustTracking = trustTracking;
        this.memory = session.disk(name);
        this.counts = session.counts;
        this.cancellation = cancellation;
        this.known = known;
        this.editor = basis.edit(view.sizeBytes());
        if (memory.prints == null) {
            memory.prints = known.edit(view.sizeBytes());
        }
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
     */
    void send(
            Exchange exchange,
            ExecutorService threads,
            int ahead,
            DiskScan.Spares spares,
            LongConsumer progress)
            throws ChannelException, SourceFault {
        DiskScan scan = new DiskScan(view, basis, known, threads, ahead, spares);
        FoundBlock.Rereader rereader = found -> reread(scan, found);
        try {
            List<DiskScan.Segment> segments = DiskScan.from(segments(), memory.nextBlock);
            // Of what went out before a break nobody knows how far it came.
            long offeredEnd = bare ? memory.bareEnd : Long.MAX_VALUE;
            long tellEnd = memory.bareEnd;
            if (tellEnd > memory.nextBlock) {
                memory.tellFrom = Math.min(memory.tellFrom, memory.nextBlock);
            }
            replay(exchange, rereader);
            scan.run(
                    DiskScan.until(segments, offeredEnd),
                    false,
                    (segment, looked) -> {
                        // Remembered before it is sent: when sending breaks, it is replayed.
                        looked.found().forEach(this::remember);
                        remember(segment, looked);
                        memory.nextBlock = segment.endBlock();
                        long blocks = memory.examined(segment);
                        long told = segment.firstBlock();
                        for (FoundBlock block : looked.found()) {
                            tellZeros(told, Math.min(block.index(), tellEnd), exchange, rereader);
                            pass(block, exchange, rereader);
                            told = block.index() + 1;
                        }
                        tellZeros(told, Math.min(segment.endBlock(), tellEnd), exchange, rereader);
                        examined(blocks, progress);
                    });
            flushZeros(exchange);
            exchange.offer(volume, batch, rereader);
            batch.clear();
            exchange.settle();
            if (bare) {
                sendBare(exchange, scan, DiskScan.from(segments, offeredEnd), progress);
            }
            again = rereader;
        } catch (ChannelException broken) {
            throw broken;
        } catch (IOException unreadable) {
            throw Faults.unreadable(name, unreadable);
        }
    }

    private void sendBare(
            Exchange exchange,
            DiskScan scan,
            List<DiskScan.Segment> segments,
            LongConsumer progress)
            throws IOException, SourceFault {
        BareSending sending = new BareSending(volume, exchange, editor, memory, counts);
        scan.run(
                segments,
                true,
                (segment, looked) -> {
                    remember(segment, looked);
                    long blocks = memory.examined(segment);
                    for (BareRow row : looked.rows()) {
                        sending.send(row);
                    }
                    examined(blocks, progress);
                });
        sending.settle();
        memory.nextBlock = Blocks.count(view.sizeBytes());
    }

    private void examined(long blocks, LongConsumer progress) throws SourceFault {
        counts.blocksExamined.add(blocks);
        progress.accept(blocks * Blocks.SIZE);
        if (cancellation.requested()) {
            throw Faults.cancelled();
        }
    }

    /** The manifest of what was sent. */
    DiskManifest manifest() {
        return editor.build();
    }

    /** The fingerprints of what was sent. */
    DiskPrints prints() {
        return memory.prints.build();
    }

    /** Sends blocks once more, as a whole; after {@link #send}. */
    void resend(List<Long> indices, Exchange exchange) throws ChannelException, SourceFault {
        for (long index : indices) {
            if (index >= Blocks.count(view.sizeBytes())) {
                throw Faults.protocol("block " + index + " is wanted again");
            }
            exchange.resend(volume, again.reread(new FoundBlock(index, editor.hash(index), null)));
        }
        exchange.settle();
    }

    private void remember(DiskScan.Segment segment, DiskScan.Looked looked) {
        for (int i = 0; looked.fresh() >>> i != 0; i++) {
            if ((looked.fresh() >>> i & 1) == 1) {
                long low = looked.prints()[2 * i];
                long high = looked.prints()[2 * i + 1];
                memory.prints.set(segment.firstBlock() + i, low, high);
            }
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
        long told = memory.tellFrom;
        long tellEnd = Math.min(memory.nextBlock, memory.bareEnd);
        for (int place = 0; place < known; place++) {
            long index = memory.changed.index(place);
            tellZeros(told, Math.min(index, tellEnd), exchange, rereader);
            pass(new FoundBlock(index, memory.changed.hash(place), null), exchange, rereader);
            told = Math.max(told, index + 1);
        }
        tellZeros(told, tellEnd, exchange, rereader);
    }

    /** A source that is not frozen may read as zeros where its content went out before a break. */
    private void tellZeros(long from, long end, Exchange exchange, FoundBlock.Rereader rereader)
            throws ChannelException, SourceFault {
        for (long index = from; index < end; index++) {
            pass(new FoundBlock(index, BlockHash.ZERO, null), exchange, rereader);
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
                memory.changed.replace(found.index(), now);
                memory.prints.forget(found.index());
            }
            return again;
        } catch (IOException unreadable) {
            throw Faults.unreadable(name, unreadable);
        }
    }
}
