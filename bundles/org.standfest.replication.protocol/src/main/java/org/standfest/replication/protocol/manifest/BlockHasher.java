package org.standfest.replication.protocol.manifest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes blocks. Holds a digest, so every thread needs its own. */
public final class BlockHasher {

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(Blocks.SIZE).asReadOnlyBuffer();

    private final MessageDigest digest = sha256();

    /**
     * The hash of the remaining bytes of a buffer (0 to 65 536); its position stays where it was.
     */
    public BlockHash hash(ByteBuffer content) {
        if (content.remaining() > Blocks.SIZE) {
            throw new IllegalArgumentException("more than a block: " + content.remaining());
        }
        if (content.mismatch(ZEROS.slice(0, content.remaining())) < 0) {
            return BlockHash.ZERO;
        }
        digest.update(content.duplicate());
        return BlockHash.at(digest.digest(), 0);
    }

    /** The hash of a piece of an array. */
    public BlockHash hash(byte[] content, int offset, int length) {
        if (length > Blocks.SIZE) {
            throw new IllegalArgumentException("more than a block: " + length);
        }
        if (Blocks.isZero(content, offset, length)) {
            return BlockHash.ZERO;
        }
        digest.update(content, offset, length);
        return BlockHash.at(digest.digest(), 0);
    }

    /** A fresh SHA-256, which every Java platform has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
