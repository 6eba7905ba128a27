package org.standfest.replication.pool;

import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;

import java.nio.file.Path;

/** A file system that says how full it is. */
record FullFiles(PoolFiles real, long total, long usable) implements ForwardingPoolFiles {

    @Override
    public long usableBytes(Path directory) {
        return usable;
    }

    @Override
    public long totalBytes(Path directory) {
        return total;
    }
}
