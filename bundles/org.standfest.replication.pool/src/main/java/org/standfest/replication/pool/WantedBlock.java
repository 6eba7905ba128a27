package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.Objects;
import java.util.Optional;

/**
 * A damaged block of the newest point whose content the pool does not have anywhere else.
 *
 * @param volume the volume
 * @param file the file in a tree; empty for a disk
 * @param index number of the block in the disk or file
 * @param hash what its content has to hash to
 */
public record WantedBlock(String volume, Optional<TreePath> file, long index, BlockHash hash) {

    /** Checks that nothing is missing. */
    public WantedBlock {
        Objects.requireNonNull(volume);
        Objects.requireNonNull(file);
        Objects.requireNonNull(hash);
    }
}
