package org.standfest.replication.engine.proof;

import org.standfest.replication.protocol.manifest.BlockHash;

import java.io.IOException;
import java.util.List;

/**
 * What a volume of a recovery point consists of for a comparison: blocks of a disk or entries of a
 * tree, in the order of the manifest. For one thread.
 */
interface Items {

    /** How many items there are. */
    long count();

    /** What an item's digest has to be. */
    BlockHash expected(long item);

    /**
     * Reads items again.
     *
     * @return their digests as they are now
     */
    Read read(long first, int count) throws IOException;

    /** Roughly how many bytes reading an item takes. */
    long bytes(long item);

    /** What people call an item. */
    String name(long item);

    /** What was read. */
    record Read(List<BlockHash> digests, long bytes) {}
}
