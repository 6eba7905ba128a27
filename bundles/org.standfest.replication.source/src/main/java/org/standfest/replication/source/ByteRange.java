package org.standfest.replication.source;

/**
 * A piece of a disk.
 *
 * @param position first byte, 0 or more
 * @param sizeBytes length, 1 or more
 */
public record ByteRange(long position, long sizeBytes) {

    /** Checks. */
    public ByteRange {
        if (position < 0 || sizeBytes < 1 || position + sizeBytes < 0) {
            throw new IllegalArgumentException("no such range: " + position + "+" + sizeBytes);
        }
    }

    /** The position behind the last byte. */
    public long end() {
        return position + sizeBytes;
    }
}
