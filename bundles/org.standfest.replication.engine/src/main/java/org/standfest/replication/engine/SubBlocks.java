package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.manifest.BlockHasher;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The parts of 4 KiB of a changed block: the receiver tells shortened hashes of its older content's
 * parts, the sender sends those that differ. A shortened hash may err: what comes out is checked
 * against the block's whole hash. For one thread.
 */
final class SubBlocks {

    /** With more changed parts than this the whole block is hardly more. */
    private static final int MOST_PARTS = Limits.SUB_BLOCKS * 3 / 4;

    private static final int HASH_BYTES = 32;

    private final MessageDigest digest = BlockHasher.sha256();
    private final byte[] hash = new byte[HASH_BYTES];

    private static int count(int length) {
        return (length + Limits.SUB_BLOCK_BYTES - 1) / Limits.SUB_BLOCK_BYTES;
    }

    /** Puts the shortened hashes of all parts; zeros for those beyond the end. */
    void hashes(ByteBuffer content, byte[] target, int at) {
        int length = content.remaining();
        for (int part = 0; part < count(length); part++) {
            int from = part * Limits.SUB_BLOCK_BYTES;
            int size = Math.min(Limits.SUB_BLOCK_BYTES, length - from);
            digest.update(content.slice(content.position() + from, size));
            shortened(target, at + part * Limits.SUB_HASH_BYTES);
        }
    }

    private void shortened(byte[] target, int at) {
        try {
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
        System.arraycopy(hash, 0, target, at, Limits.SUB_HASH_BYTES);
    }

    /**
     * Which parts differ from the receiver's; 0 when it is better to send the whole block.
     *
     * @param subHashes the receiver's shortened hashes, from {@code at} on
     */
    int differing(byte[] content, byte[] subHashes, int at) {
        byte[] own = new byte[Limits.SUB_HASHES_BYTES];
        hashes(ByteBuffer.wrap(content), own, 0);
        int bits = 0;
        for (int part = 0; part < count(content.length); part++) {
            int from = part * Limits.SUB_HASH_BYTES;
            for (int i = from; i < from + Limits.SUB_HASH_BYTES; i++) {
                if (own[i] != subHashes[at + i]) {
                    bits |= 1 << part;
                }
            }
        }
        return Integer.bitCount(bits) > MOST_PARTS ? 0 : bits;
    }

    /** The parts of a content in one row. */
    static byte[] gather(byte[] content, int bits) {
        byte[] row = new byte[Limits.BLOCK_BYTES];
        int size = 0;
        for (int part = 0; part < count(content.length); part++) {
            if ((bits >>> part & 1) == 1) {
                int from = part * Limits.SUB_BLOCK_BYTES;
                int length = Math.min(Limits.SUB_BLOCK_BYTES, content.length - from);
                System.arraycopy(content, from, row, size, length);
                size += length;
            }
        }
        return java.util.Arrays.copyOf(row, size);
    }

    /**
     * Puts parts over an older content.
     *
     * @param content the older content, position to limit; becomes the new one
     * @return false when the parts do not fit the content
     */
    static boolean apply(ByteBuffer content, int bits, byte[] parts) {
        int length = content.remaining();
        int at = 0;
        for (int part = 0; part < Limits.SUB_BLOCKS; part++) {
            if ((bits >>> part & 1) == 1) {
                int from = part * Limits.SUB_BLOCK_BYTES;
                int size = Math.min(Limits.SUB_BLOCK_BYTES, length - from);
                if (size <= 0 || at + size > parts.length) {
                    return false;
                }
                content.put(content.position() + from, parts, at, size);
                at += size;
            }
        }
        return at == parts.length;
    }
}
