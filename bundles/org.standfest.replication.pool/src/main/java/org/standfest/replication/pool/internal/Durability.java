package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;

/** Makes durable what a session wrote, and distrusts all of it when that fails. */
final class Durability {

    private final PoolFiles files;
    private final SystemFiles.Incoming incoming;

    /**
     * @param files those that really sync
     */
    Durability(PoolFiles files, SystemFiles.Incoming incoming) {
        this.files = files;
        this.incoming = incoming;
    }

    /** What is made durable. */
    @FunctionalInterface
    interface Act {
        void make() throws IOException;
    }

    /** What a session wrote did not reach the disk: it is over, and nothing of it may be used. */
    static final class LostWrites extends IOException {

        private static final long serialVersionUID = 1;

        LostWrites(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * The kernel tells once that a write failed and keeps its page as if it had been written: what
     * arrived can no longer be told from what is on the disk. So nothing of it may be used again.
     *
     * @throws LostWrites when the session has to end
     */
    void make(Act what) throws LostWrites {
        try {
            what.make();
        } catch (IOException lost) {
            distrust(lost);
            throw new LostWrites(lost);
        }
    }

    private void distrust(IOException lost) {
        try {
            files.delete(incoming.session()); // without it the next session begins anew
            files.syncDirectory(incoming.root());
        } catch (IOException neither) {
            lost.addSuppressed(neither);
        }
    }
}
