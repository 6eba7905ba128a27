package org.standfest.replication.pool.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Hears of every write that fails on a file system from its opening to its end, whoever else was
 * told of it meanwhile. Whoever writes for long opens one before the first write: somebody who asks
 * only at the end is not told again of what another one heard before. For one thread at a time.
 */
public interface SyncWatch extends Closeable {

    /** As {@link PoolFiles#syncAll}; throws also what failed since the watch was opened. */
    void syncAll(Path directory) throws IOException;

    @Override
    void close();
}
