package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHasher;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The secret under which an agent takes fingerprints of blocks. It never leaves the agent, nor does
 * any fingerprint. Immutable, safe for any thread.
 */
public final class PrintKey {

    /** Bytes of the seed from which the key's words are made. */
    public static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final long[] words;

    /**
     * @param seed {@link #SEED_BYTES} bytes nobody else can guess
     */
    public PrintKey(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("seed of " + seed.length + " bytes");
        }
        this.seed = seed.clone();
        this.words = expand(seed);
    }

    /** A new key. */
    static PrintKey random(RandomGenerator random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new PrintKey(seed);
    }

    /** SHA-256 of the seed and a counter, one after the other. */
    private static long[] expand(byte[] seed) {
        long[] words = new long[Fingerprinter.KEY_WORDS];
        MessageDigest digest = BlockHasher.sha256();
        for (int i = 0; i < words.length; i += 4) {
            digest.update(seed);
            ByteBuffer row =
                    ByteBuffer.wrap(digest.digest(ByteBuffer.allocate(4).putInt(i).array()));
            for (int j = i; j < Math.min(words.length, i + 4); j++) {
                words[j] = row.getLong();
            }
        }
        return words;
    }

    byte[] seed() {
        return seed.clone();
    }

    /** Chooses one number of sixteen, which ones nobody else can know. */
    boolean chooses(long number) {
        return ((number ^ words[0]) * (words[1] | 1)) >>> Long.SIZE - 4 == 0;
    }

    long[] words() {
        return words;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrintKey that && Arrays.equals(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seed);
    }
}
