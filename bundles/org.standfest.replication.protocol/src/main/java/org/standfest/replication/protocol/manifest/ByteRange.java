package org.standfest.replication.protocol.manifest;

/**
 * A stretch of a file.
 *
 * @param position first byte, 0 or more
 * @param length bytes, 1 or more
 */
public record ByteRange(long position, long length) {

    /** Checks the range. */
    public ByteRange {
        if (position < 0
                || length <= 0
                || position > Blocks.MAX_SIZE_BYTES
                || length > Blocks.MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("range out of bounds: " + position + "+" + length);
        }
    }

    /** The first byte after the range. */
    public long end() {
        return position + length;
    }
}
