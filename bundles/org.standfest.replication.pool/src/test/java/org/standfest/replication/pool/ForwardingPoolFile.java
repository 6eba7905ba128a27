package org.standfest.replication.pool;

import org.standfest.replication.pool.files.PoolFile;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Another file, but for what a test overrides. */
interface ForwardingPoolFile extends PoolFile {

    PoolFile real();

    @Override
    default int read(ByteBuffer target, long position) throws IOException {
        return real().read(target, position);
    }

    @Override
    default void write(ByteBuffer content, long position) throws IOException {
        real().write(content, position);
    }

    @Override
    default long sizeBytes() throws IOException {
        return real().sizeBytes();
    }

    @Override
    default void setSize(long sizeBytes) throws IOException {
        real().setSize(sizeBytes);
    }

    @Override
    default void punch(long position, long lengthBytes) throws IOException {
        real().punch(position, lengthBytes);
    }

    @Override
    default boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
            throws IOException {
        return real().share(source, sourcePosition, position, lengthBytes);
    }

    @Override
    default void force() throws IOException {
        real().force();
    }

    @Override
    default void close() throws IOException {
        real().close();
    }
}
