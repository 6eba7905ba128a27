package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.Blocks;

import java.nio.ByteBuffer;

/** Zeros for buffers of at most one block. */
final class Zeros {

    private static final ByteBuffer BLOCK =
            ByteBuffer.allocateDirect(Blocks.SIZE).asReadOnlyBuffer();

    private Zeros() {}

    /** Fills what remains of a buffer. */
    static void fill(ByteBuffer target) {
        while (target.hasRemaining()) {
            target.put(BLOCK.slice(0, Math.min(BLOCK.capacity(), target.remaining())));
        }
    }
}
