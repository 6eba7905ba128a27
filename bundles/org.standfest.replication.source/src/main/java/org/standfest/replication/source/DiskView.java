package org.standfest.replication.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** A disk as it was at one instant. Reading is safe for several threads at once. */
public interface DiskView {

    /** The size in bytes, 0 or more; need not be a multiple of a block or a sector. */
    long sizeBytes();

    /**
     * Fills the buffer from a position; holes read as zeros. Reads as much as there is up to the
     * end of the disk.
     *
     * @param position 0 to {@link #sizeBytes()}
     * @return how many bytes were read; fewer than the buffer's remaining only at the end of the
     *     disk, 0 at its very end
     * @throws IOException the source could not be read; the snapshot is worthless then
     */
    int read(long position, ByteBuffer target) throws IOException;

    /**
     * Reads from a file or device as {@link #read} has to: whatever grows behind the end of the
     * disk does not belong to it.
     *
     * @param sizeBytes the size of the disk
     * @throws IllegalArgumentException a position outside of the disk
     */
    static int read(FileChannel channel, long sizeBytes, long position, ByteBuffer target)
            throws IOException {
        if (position < 0 || position > sizeBytes) {
            throw new IllegalArgumentException("position " + position);
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + sizeBytes - position));
        try {
            int total = 0;
            while (target.hasRemaining()) {
                int count = channel.read(target, position + total);
                if (count <= 0) {
                    break;
                }
                total += count;
            }
            return total;
        } finally {
            target.limit(limit);
        }
    }

    /** What changed since the request's basis token. */
    Changes changes();

    /**
     * The ranges that are not known to read as zeros, ascending, without overlap, within the size.
     * One range over the whole disk where the provider cannot tell.
     *
     * @throws IOException the source could not be asked
     */
    List<ByteRange> allocated() throws IOException;
}
