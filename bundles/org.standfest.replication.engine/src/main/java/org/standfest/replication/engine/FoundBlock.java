package org.standfest.replication.engine;

import org.standfest.replication.protocol.manifest.BlockHash;

/**
 * A block that differs from the receiver's.
 *
 * @param index its number in the disk; 0 for a tree
 * @param hash its hash; the zero marker for zeros
 * @param content its bytes; {@code null} when it has to be read again, and for zeros
 */
record FoundBlock(long index, BlockHash hash, byte[] content) {

    /** Reads the content of a block that was found on an earlier connection. */
    @FunctionalInterface
    interface Rereader {
        /** The block with content; its hash may be another if the source is not frozen. */
        FoundBlock reread(FoundBlock found) throws SourceFault;
    }
}
