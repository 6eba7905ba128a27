package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.TreeEntry;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the content of a tree's files comes from. For one thread. */
interface BlockSource extends AutoCloseable {

    /**
     * Reads a block that is not zero and checks it against its hash.
     *
     * @param target cleared by the caller; ready to be read from afterwards
     */
    void read(TreeEntry entry, int block, ByteBuffer target) throws IOException, Refusal;

    @Override
    default void close() throws IOException {}
}
