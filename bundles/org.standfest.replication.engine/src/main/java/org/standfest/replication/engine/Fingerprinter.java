package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.Blocks;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Takes keyed fingerprints of 128 bits of blocks, to see quickly which did not change. For one
 * thread.
 *
 * <p>It is NH with words of 64 bits (J. Black and others, "UMAC: Fast and Secure Message
 * Authentication", CRYPTO 1999) in two levels: over each piece of 4 KiB, then over the results of
 * the pieces and the length. The upper and lower halves of the products are summed apart, so that
 * no carry has to be followed, which doubles the bound of the theorem. Two different contents that
 * were chosen without knowing key and fingerprints have the same one with a probability of at most
 * 2<sup>-62</sup>.
 */
final class Fingerprinter {

    private static final int PIECE_BYTES = 4_096;
    private static final int PIECES = Blocks.SIZE / PIECE_BYTES;
    private static final int PIECE_WORDS = PIECE_BYTES / Long.BYTES;
    private static final int TOP_WORDS = 2 * PIECES + 2;

    /** How many words a key has. */
    static final int KEY_WORDS = PIECE_WORDS + TOP_WORDS;

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final long[] key;
    private final long[] top = new long[TOP_WORDS];
    private final MemorySegment rest = MemorySegment.ofArray(new long[PIECE_WORDS]);

    Fingerprinter(PrintKey key) {
        this.key = key.words();
    }

    /**
     * Takes a fingerprint.
     *
     * @param length 1 to 65 536
     * @param print where the two words of the fingerprint are put
     */
    void print(MemorySegment content, long offset, int length, long[] print, int at) {
        int whole = length / PIECE_BYTES;
        for (int piece = 0; piece < whole; piece++) {
            piece(content, offset + (long) piece * PIECE_BYTES, 2 * piece);
        }
        int used = whole;
        if (whole * PIECE_BYTES < length) {
            int tail = length - whole * PIECE_BYTES;
            rest.fill((byte) 0);
            MemorySegment.copy(content, offset + (long) whole * PIECE_BYTES, rest, 0, tail);
            piece(rest, 0, 2 * whole);
            used++;
        }
        for (int i = 2 * used; i < 2 * PIECES; i++) {
            top[i] = 0;
        }
        top[2 * PIECES] = length;
        top[2 * PIECES + 1] = 0;
        long low = 0;
        long high = 0;
        for (int i = 0; i < TOP_WORDS; i += 2) {
            long x = top[i] + key[PIECE_WORDS + i];
            long y = top[i + 1] + key[PIECE_WORDS + i + 1];
            low += x * y;
            high += Math.unsignedMultiplyHigh(x, y);
        }
        print[at] = low;
        print[at + 1] = high;
    }

    private void piece(MemorySegment content, long offset, int to) {
        long[] words = key;
        long low = 0;
        long high = 0;
        for (int i = 0; i < PIECE_WORDS; i += 2) {
            long x = content.get(WORD, offset + i * 8L) + words[i];
            long y = content.get(WORD, offset + i * 8L + 8) + words[i + 1];
            low += x * y;
            high += Math.unsignedMultiplyHigh(x, y);
        }
        top[to] = low;
        top[to + 1] = high;
    }
}
