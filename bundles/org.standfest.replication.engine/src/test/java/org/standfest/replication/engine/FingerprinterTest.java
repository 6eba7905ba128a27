package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Fingerprints against a slow calculation of the same formula, and how they are kept. */
class FingerprinterTest {

    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

    private final SplittableRandom random = new SplittableRandom(7);
    private final PrintKey key = PrintKey.random(random);

    private List<Long> print(byte[] content) {
        long[] words = new long[2];
        new Fingerprinter(key).print(MemorySegment.ofArray(content), 0, content.length, words, 0);
        return List.of(words[0], words[1]);
    }

    private byte[] content(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    /** Upper and lower halves of the products of (m + k) and (m' + k'), summed. */
    private static long[] nh(long[] message, long[] words, int from) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ZERO;
        for (int i = 0; i < message.length; i += 2) {
            BigInteger x = unsigned(message[i] + words[from + i]);
            BigInteger y = unsigned(message[i + 1] + words[from + i + 1]);
            low = low.add(x.multiply(y).mod(WORD));
            high = high.add(x.multiply(y).divide(WORD));
        }
        return new long[] {low.longValue(), high.longValue()};
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    @Test
    void isTheTwoLevelsOfNhThatAreWrittenDown() {
        for (int length : new int[] {1, 8, 4_095, 4_096, 4_097, 40_000, Blocks.SIZE}) {
            byte[] content = content(length);
            long[] top = new long[34];
            for (int piece = 0; piece * 4_096 < length; piece++) {
                byte[] padded = Arrays.copyOfRange(content, piece * 4_096, piece * 4_096 + 4_096);
                long[] message = new long[512];
                ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(message);
                System.arraycopy(nh(message, key.words(), 0), 0, top, 2 * piece, 2);
            }
            top[32] = length;
            long[] expected = nh(top, key.words(), 512);
            assertEquals(List.of(expected[0], expected[1]), print(content), "length " + length);
        }
    }

    @Test
    void everyBitCounts() {
        byte[] content = content(Blocks.SIZE);
        Set<List<Long>> prints = new HashSet<>(Set.of(print(content)));
        for (int i = 0; i < 3_000; i++) {
            int bit = random.nextInt(Blocks.SIZE * 8);
            content[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(prints.add(print(content)), "bit " + bit);
        }
    }

    @Test
    void lengthPlaceAndKeyCount() {
        byte[] content = content(5_000);
        assertFalse(print(content).equals(print(Arrays.copyOf(content, 5_001))));
        byte[] swapped = content(8_192);
        byte[] other = swapped.clone();
        System.arraycopy(swapped, 0, other, 4_096, 4_096);
        System.arraycopy(swapped, 4_096, other, 0, 4_096);
        assertFalse(print(swapped).equals(print(other)));
        long[] words = new long[2];
        new Fingerprinter(PrintKey.random(random))
                .print(MemorySegment.ofArray(content), 0, 5_000, words, 0);
        assertFalse(print(content).equals(List.of(words[0], words[1])));
    }

    @Test
    void memoryOutsideTheHeapGivesTheSame() {
        byte[] content = content(30_001);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment outside = arena.allocate(40_000);
            MemorySegment.copy(
                    content, 0, outside, java.lang.foreign.ValueLayout.JAVA_BYTE, 77, 30_001);
            long[] words = new long[4];
            new Fingerprinter(key).print(outside, 77, 30_001, words, 2);
            assertEquals(print(content), List.of(words[2], words[3]));
        }
    }

    @Test
    void keptFingerprintsComeBackAndDamagedOnesDoNot() throws IOException {
        long size = 70L * DiskPrints.ROW_BLOCKS * Blocks.SIZE - 7;
        DiskPrints.Editor editor = DiskPrints.unknown(key, size).edit(size);
        editor.set(3, 1, 2);
        editor.set(4_000, -1, 5);
        DiskPrints prints = editor.build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DiskPrintsCodec.write(prints, out);
        byte[] bytes = out.toByteArray();
        DiskPrints read = DiskPrintsCodec.read(new ByteArrayInputStream(bytes));
        assertTrue(read.matches(3, 1, 2) && read.matches(4_000, -1, 5));
        assertFalse(read.matches(3, 1, 3) || read.matches(5, 0, 0) || read.matches(1 << 20, 1, 1));
        assertEquals(key, read.key());
        assertArrayEquals(prints.row(0), read.row(0));
        for (int i = 0; i < 300; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            assertThrows(
                    IOException.class,
                    () -> DiskPrintsCodec.read(new ByteArrayInputStream(damaged)));
            byte[] shorter = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThrows(
                    IOException.class,
                    () -> DiskPrintsCodec.read(new ByteArrayInputStream(shorter)));
        }
    }

    @Test
    void blockAtTheSeamOfAnotherSizeIsForgottenAndTheOldStateStays() {
        DiskPrints.Editor editor = DiskPrints.unknown(key, 3L * Blocks.SIZE + 5).edit(200_000);
        for (int i = 0; i < 4; i++) {
            editor.set(i, 9, i);
        }
        DiskPrints old = editor.build();
        DiskPrints grown = old.edit(10L * Blocks.SIZE).build();
        assertTrue(grown.matches(2, 9, 2));
        assertFalse(grown.matches(3, 9, 3));
        assertTrue(old.matches(3, 9, 3));
        DiskPrints.Editor next = old.edit(old.sizeBytes());
        next.set(1, 7, 7);
        assertTrue(next.build().matches(1, 7, 7) && old.matches(1, 9, 1));
    }
}
