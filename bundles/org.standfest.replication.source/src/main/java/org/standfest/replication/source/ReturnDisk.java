package org.standfest.replication.source;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk of a landing place. Used by one thread at a time. */
public interface ReturnDisk {

    /** The size in bytes, at least what was requested. */
    long sizeBytes();

    /**
     * Writes the whole buffer at a position.
     *
     * @throws IOException it could not be written, or it reaches beyond the size
     */
    void write(long position, ByteBuffer content) throws IOException;

    /**
     * Makes a range read as zeros, without taking space where that can be had.
     *
     * @throws IOException it could not be done, or it reaches beyond the size
     */
    void zero(long position, long sizeBytes) throws IOException;

    /**
     * Fills the buffer from a position, for checking what was written.
     *
     * @return how many bytes were read; fewer than the buffer's remaining only at the end of the
     *     disk
     */
    int read(long position, ByteBuffer target) throws IOException;

    /** Makes everything written so far durable. */
    void flush() throws IOException;
}
