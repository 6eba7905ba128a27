package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFile;

/**
 * Lets the disk begin with what a session writes while more is still on its way: otherwise the
 * commit waits for all of it at once. For one thread.
 */
final class EarlyWriting {

    /** Small enough that the disk is never far behind, large enough for few calls. */
    private static final long STEP_BYTES = 32L << 20;

    private final PoolFile file;
    private long from = Long.MAX_VALUE;
    private long to;
    private long bytes;

    EarlyWriting(PoolFile file) {
        this.file = file;
    }

    /** So much was written there. */
    void wrote(long position, int lengthBytes) {
        from = Math.min(from, position);
        to = Math.max(to, position + lengthBytes);
        bytes += lengthBytes;
        if (bytes >= STEP_BYTES) {
            file.startWriting(from, to - from);
            from = Long.MAX_VALUE;
            to = 0;
            bytes = 0;
        }
    }
}
