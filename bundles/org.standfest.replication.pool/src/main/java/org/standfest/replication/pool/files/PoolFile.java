package org.standfest.replication.pool.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. For one thread at a time. */
public interface PoolFile extends Closeable {

    /**
     * Fills the buffer from a position, as far as the file goes.
     *
     * @return how many bytes were read, 0 at the end of the file
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes the whole buffer at a position. */
    void write(ByteBuffer content, long position) throws IOException;

    /** The size in bytes. */
    long sizeBytes() throws IOException;

    /** Cuts or extends (with a hole) to a size. */
    void setSize(long sizeBytes) throws IOException;

    /** Makes a range inside the file read as zeros, without storage where the file system can. */
    void punch(long position, long lengthBytes) throws IOException;

    /**
     * Lets a range of this file have the storage of a range of another, as a copy that costs
     * nothing. Only some file systems can, and only ranges that begin at multiples of their block
     * and end so or at the end of both files.
     *
     * @return false when it cannot be done here; nothing was changed, and a copy has to be written
     */
    default boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
            throws IOException {
        return false;
    }

    /**
     * Whether a range of this file certainly has the same storage as the same range of another, so
     * that reading one of them is reading both.
     *
     * @return false when that is not so, or not known
     */
    default boolean sharesStorage(PoolFile other, long position, long lengthBytes)
            throws IOException {
        return false;
    }

    /**
     * A hint: what was written there is complete, and the disk may begin with it, so that {@link
     * #force} finds less to do. Waits for nothing and promises nothing.
     */
    default void startWriting(long position, long lengthBytes) {
        // where nothing is cached, nothing has to begin
    }

    /** Makes content and size durable. */
    void force() throws IOException;
}
