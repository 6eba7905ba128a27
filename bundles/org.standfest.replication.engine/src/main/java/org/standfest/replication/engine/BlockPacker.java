package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.Encoding;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses blocks when that pays: when the line was measured to be slower than compressing, and
 * as long as the content gives way. For one thread.
 */
final class BlockPacker implements AutoCloseable {

    /** How a sender decides. */
    enum Mode {
        /** Never. */
        OFF,
        /** Every block that becomes smaller. */
        ON,
        /** When the line is slow. */
        AUTO
    }

    /** Slower than this, two cores compress faster than the line carries. */
    private static final double SLOW_LINE_BYTES_PER_SECOND = 30e6;

    private static final double SMOOTHING = 0.1;
    private static final int GIVE_UP_AFTER = 8;
    private static final int TRY_AGAIN_EVERY = 16;

    private final Mode mode;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] buffer = new byte[Limits.BLOCK_BYTES];
    private double lineBytesPerSecond = Double.MAX_VALUE;
    private int inVain;
    private int skipped;

    BlockPacker(Mode mode) {
        this.mode = mode;
    }

    /** Tells how long the line took for some bytes, waiting for the receiver included. */
    void carried(long bytes, long nanos) {
        double rate = bytes / Math.max(1e-9, nanos / 1e9);
        lineBytesPerSecond =
                lineBytesPerSecond == Double.MAX_VALUE
                        ? rate
                        : lineBytesPerSecond * (1 - SMOOTHING) + rate * SMOOTHING;
    }

    Message.Block pack(int volume, long index, byte[] hash, byte[] content) {
        if (worthTrying()) {
            deflater.reset();
            deflater.setInput(content);
            deflater.finish();
            int size = deflater.deflate(buffer, 0, content.length - content.length / 8);
            if (deflater.finished()) {
                inVain = 0;
                return new Message.Block(
                        volume,
                        index,
                        hash,
                        Encoding.DEFLATE,
                        content.length,
                        Arrays.copyOf(buffer, size));
            }
            inVain++;
        }
        return new Message.Block(volume, index, hash, Encoding.RAW, content.length, content);
    }

    private boolean worthTrying() {
        boolean wanted =
                mode == Mode.ON
                        || mode == Mode.AUTO && lineBytesPerSecond < SLOW_LINE_BYTES_PER_SECOND;
        if (wanted && inVain >= GIVE_UP_AFTER && skipped < TRY_AGAIN_EVERY) {
            skipped++;
            return false;
        }
        skipped = 0;
        return wanted;
    }

    /** The content of a received block; {@code null} when it does not unpack to the stated size. */
    static byte[] unpack(Message.Block block, Inflater inflater) {
        if (block.encoding() == Encoding.RAW) {
            return block.content();
        }
        byte[] content = new byte[block.rawBytes()];
        inflater.reset();
        inflater.setInput(block.content());
        try {
            int size = inflater.inflate(content);
            return size == content.length
                            && (inflater.finished() || inflater.inflate(new byte[1]) == 0)
                    ? content
                    : null;
        } catch (DataFormatException _) {
            return null;
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
