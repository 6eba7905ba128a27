package org.standfest.replication.engine;

import org.standfest.replication.engine.SessionMemory.DiskMemory;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.transport.ChannelException;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/**
 * Sends blocks that the receiver cannot have, without hashing them: the receiver has to do that in
 * any case, and tells its hashes. What they were is remembered as they come, so that a broken
 * session goes on behind the last of them. For one thread.
 */
final class BareSending {

    /** Rows that are compressed or wait to be sent. */
    private static final int ROWS_AHEAD = 12;

    private final int volume;
    private final Exchange exchange;
    private final DiskManifest.Editor editor;
    private final DiskMemory memory;
    private final SessionCounts counts;
    private final Deque<Row> packed = new ArrayDeque<>();
    private final Deque<Asked> asked = new ArrayDeque<>();

    private record Row(Asked what, Future<Message> message) {}

    /** What the receiver has to tell the hashes of. */
    private record Asked(long firstBlock, int blocks, int bytes, BlockHash sample) {

        long endBlock() {
            return firstBlock + blocks;
        }
    }

    BareSending(
            int volume,
            Exchange exchange,
            DiskManifest.Editor editor,
            DiskMemory memory,
            SessionCounts counts) {
        this.volume = volume;
        this.exchange = exchange;
        this.editor = editor;
        this.memory = memory;
        this.counts = counts;
    }

    /** Sends a row, or those before it while this one is made ready. */
    void send(BareRow row) throws ChannelException, SourceFault {
        Asked what = new Asked(row.firstBlock(), row.blocks(), row.content().length, row.sample());
        packed.addLast(new Row(what, exchange.pack(volume, row)));
        while (packed.size() > ROWS_AHEAD
                || !packed.isEmpty() && packed.getFirst().message().isDone()) {
            sendOldest();
        }
    }

    /** Sends what waits and hears the last hashes. */
    void settle() throws ChannelException, SourceFault {
        while (!packed.isEmpty()) {
            sendOldest();
        }
        exchange.flush();
        while (!asked.isEmpty()) {
            hear();
        }
    }

    private void sendOldest() throws ChannelException, SourceFault {
        Row row = packed.removeFirst();
        // From here on the receiver may have it: after a break it is asked.
        memory.bareEnd = row.what().endBlock();
        asked.addLast(row.what());
        exchange.sendBare(row.message(), row.what().blocks());
        while (!asked.isEmpty() && exchange.answered()) {
            hear();
        }
    }

    private void hear() throws ChannelException {
        Asked what = asked.removeFirst();
        if (!(exchange.answer() instanceof Message.Hashes answer)
                || answer.volume() != volume
                || answer.firstBlock() != what.firstBlock()
                || answer.hashes().length != what.blocks() * BlockHash.BYTES) {
            throw Faults.protocol("hashes of other blocks");
        }
        for (int i = 0; i < what.blocks(); i++) {
            BlockHash hash = BlockHash.at(answer.hashes(), i * BlockHash.BYTES);
            if (!plausible(hash, i == 0 ? what.sample() : null)) {
                throw Faults.protocol("a wrong hash of block " + (what.firstBlock() + i));
            }
            editor.set(what.firstBlock() + i, hash);
            memory.changed.add(what.firstBlock() + i, hash);
        }
        memory.nextBlock = what.endBlock();
        counts.blocksChanged.add(what.blocks());
        counts.bytesChanged.add(what.bytes());
    }

    /**
     * Whether a block that is not all zeros can have this hash.
     *
     * @param sample the hash it has; {@code null} when it was not taken
     */
    static boolean plausible(BlockHash told, BlockHash sample) {
        return !told.isZero() && (sample == null || sample.equals(told));
    }
}
