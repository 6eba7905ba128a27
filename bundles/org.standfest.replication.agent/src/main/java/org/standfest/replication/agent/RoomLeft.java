package org.standfest.replication.agent;

import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Ends a landing before it fills the disk it lands on, which may be the one this machine runs from.
 * How much will come cannot be told beforehand: a large disk may hold little. For one thread.
 */
final class RoomLeft implements Cancellation {

    static final long KEPT_FREE_BYTES = 1L << 30;

    /** Messages of at most 256 KiB, as much as a pack holds: at most 64 MiB go by unseen. */
    private static final int LOOK_EVERY = 256;

    private final PoolFiles files;
    private final Path folder;
    private final Cancellation other;
    private int asked;
    private boolean full;

    /**
     * @param folder where it lands; may be still to be made
     * @param other ends it, too
     */
    RoomLeft(PoolFiles files, Path folder, Cancellation other) {
        this.files = files;
        this.folder = folder;
        this.other = other;
    }

    /** Whether it was ended because hardly anything is left. */
    boolean full() {
        return full;
    }

    @Override
    public boolean requested() {
        if (asked++ % LOOK_EVERY == 0) {
            full = full || usableBytes() < KEPT_FREE_BYTES;
        }
        return full || other.requested();
    }

    private long usableBytes() {
        try {
            Path there = folder;
            while (!files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return files.usableBytes(there);
        } catch (IOException _) {
            return Long.MAX_VALUE; // then writing will tell
        }
    }
}
