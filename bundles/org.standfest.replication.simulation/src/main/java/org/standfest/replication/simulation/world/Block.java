package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Content of a block of a source with its hash, made once. Nobody changes the bytes. */
record Block(byte[] bytes, BlockHash hash) {

    static Block of(byte[] bytes) {
        return new Block(bytes, new BlockHasher().hash(bytes, 0, bytes.length));
    }

    static Block zero(int length) {
        return new Block(new byte[length], BlockHash.ZERO);
    }

    static Block random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return of(bytes);
    }

    /** A few bytes are others. */
    Block changed(RandomGenerator random) {
        byte[] other = bytes.clone();
        int at = random.nextInt(other.length);
        int end = Math.min(other.length, at + 1 + random.nextInt(300));
        for (int i = at; i < end; i++) {
            other[i] = (byte) random.nextInt();
        }
        return of(other);
    }

    Block ofLength(int length) {
        return length == bytes.length ? this : of(Arrays.copyOf(bytes, length));
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
