package org.standfest.replication.snapshots;

/**
 * A stretch of a file and where it lies, as the kernel's FIEMAP tells.
 *
 * @param position first byte in the file
 * @param place first byte on the device, or in the file system's own addresses
 * @param lengthBytes 1 or more
 * @param flags of the kernel
 */
record Extent(long position, long place, long lengthBytes, int flags) {

    /** The last one of its file. */
    static final int LAST = 0x1;

    /** Where it lies is not known, or not yet; encoded; not at whole blocks; inside metadata. */
    static final int UNSURE = 0x2 | 0x4 | 0x8 | 0x80 | 0x100 | 0x200 | 0x400;

    /** Reserved and never written: reads as zeros. */
    static final int UNWRITTEN = 0x800;

    boolean last() {
        return (flags & LAST) != 0;
    }

    long end() {
        return position + lengthBytes;
    }

    boolean unsure() {
        return (flags & UNSURE) != 0;
    }

    boolean unwritten() {
        return (flags & UNWRITTEN) != 0;
    }
}
