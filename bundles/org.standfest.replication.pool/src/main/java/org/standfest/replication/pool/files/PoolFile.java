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

    /** Makes content and size durable. */
    void force() throws IOException;
}
