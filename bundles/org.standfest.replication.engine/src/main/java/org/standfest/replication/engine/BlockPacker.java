package org.standfest.replication.engine;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message.Encoding;

import java.util.Arrays;

/** Compresses and unpacks contents of at most one pack. For one thread. */
final class BlockPacker implements AutoCloseable {

    /** What would save less than one part of so many is sent as it is: unpacking costs too. */
    private static final int WORTH_A_PART_OF = 16;

    private static final int GIVE_UP_AFTER = 8;
    private static final int TRY_AGAIN_EVERY = 8;

    /** More than a pack that does not give way can become. */
    private static final int BUFFER_BYTES = Limits.PACK_BYTES + Limits.PACK_BYTES / 128 + 1024;

    private final ZstdCompressCtx packer = new ZstdCompressCtx();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int level;
    private int inVain;
    private int skipped;

    BlockPacker() {
        packer.setContentSize(false).setChecksum(false).setDictID(false);
    }

    /**
     * A content in a form that travels.
     *
     * @param content exactly the bytes that travel
     */
    record Packed(Encoding encoding, byte[] content) {}

    /**
     * Packs a content.
     *
     * @param wantedLevel a level of Zstandard, or {@link Compression#RAW}
     */
    Packed pack(byte[] content, int length, int wantedLevel) {
        if (wantedLevel != Compression.RAW && worthTrying()) {
            if (level != wantedLevel) {
                level = wantedLevel;
                packer.setLevel(level);
            }
            int size = packer.compressByteArray(buffer, 0, buffer.length, content, 0, length);
            if (size < length - length / WORTH_A_PART_OF) {
                inVain = 0;
                return new Packed(Encoding.ZSTD, Arrays.copyOf(buffer, size));
            }
            inVain++;
        }
        byte[] plain = length == content.length ? content : Arrays.copyOf(content, length);
        return new Packed(Encoding.RAW, plain);
    }

    /** What does not give way mostly comes in long rows: then only some of it are tried. */
    private boolean worthTrying() {
        if (inVain >= GIVE_UP_AFTER && skipped < TRY_AGAIN_EVERY) {
            skipped++;
            return false;
        }
        skipped = 0;
        return true;
    }

    @Override
    public void close() {
        packer.close();
    }

    /** Unpacks what somebody else packed, never to more than it states. For one thread. */
    static final class Unpacker implements AutoCloseable {

        private final ZstdDecompressCtx unpacker = new ZstdDecompressCtx();

        /**
         * Unpacks.
         *
         * @param rawBytes the stated size, at most a pack
         * @return the content; {@code null} when it does not unpack to exactly the stated size
         */
        byte[] unpack(Encoding encoding, byte[] content, int rawBytes) {
            if (encoding == Encoding.RAW) {
                return content.length == rawBytes ? content : null;
            }
            byte[] raw = new byte[rawBytes];
            try {
                int size =
                        unpacker.decompressByteArray(raw, 0, rawBytes, content, 0, content.length);
                return size == rawBytes ? raw : null;
            } catch (ZstdException _) {
                return null;
            }
        }

        @Override
        public void close() {
            unpacker.close();
        }
    }
}
